/** `agentcoord board`: threads, messages, an inbox and a search. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { messageKinds } from '../../core/board/board.ts';
import type { ListOptions, ShowOptions } from '../board/read-board.ts';
import type { PostOptions, WriteOptions } from '../board/write-board.ts';
import { parsePriority, priorityOption, wholeNumber } from './shared-options.ts';

const threadArgument = 'its id, the beginning of it, or its title';
const textArgument = 'what you have to say; @name reaches a member; - is the standard input';

export function addBoardCommand(program: Command): void {
  const board = program.command('board').description('read and write what members say to each other');
  addReadingCommands(board);
  addWritingCommands(board);
  addThreadCommands(board);
}

function addReadingCommands(board: Command): void {
  board
    .command('list', { isDefault: true })
    .description('list the threads, those with the newest message first')
    .addOption(
      new Option('--state <state>', 'only those in this state').choices(['active', 'waiting', 'resolved']),
    )
    .option('--mine', 'only those that you take part in', false)
    .option('--limit <number>', 'the first so many', wholeNumber(1, 999), 200)
    .option(
      '--before <seq>',
      'those whose newest message is older: the next page',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .action(async (options: ListOptions, command: Command) => {
      const { listThreads } = await import('../board/read-board.ts');
      await listThreads(options, command);
    });
  board
    .command('show')
    .description('print what was said in a thread')
    .argument('<thread>', threadArgument)
    .option('--limit <number>', 'the newest so many messages', wholeNumber(1, 1_000), 50)
    .option('--before <seq>', 'those before this message', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .action(async (thread: string, options: ShowOptions, command: Command) => {
      const { showThread } = await import('../board/read-board.ts');
      await showThread(thread, options, command);
    });
  board
    .command('inbox')
    .description('print what is unread of what reached you, and what you must approve')
    .option('--all', 'also what you have read', false)
    .option('--mark-read', 'what is printed is then read', false)
    .action(async (options: { all: boolean; markRead: boolean }, command: Command) => {
      const { showInbox } = await import('../board/read-board.ts');
      await showInbox(options, command);
    });
  board
    .command('search')
    .description('find messages and titles with all of these words; the last one may be a beginning')
    .argument('<words...>')
    .action(async (words: readonly string[], options: object, command: Command) => {
      const { searchBoard } = await import('../board/read-board.ts');
      await searchBoard(words, options, command);
    });
}

function addWritingCommands(board: Command): void {
  writing(board, 'post', 'start a thread for everybody')
    .argument('<text>', textArgument)
    .requiredOption('--title <title>', 'what it is about')
    .addOption(priorityOption('NORMAL by default'))
    .option('--channel <name>', 'only there, and in the app; again for each; all: every channel', collect, [])
    .action(async (text: string, options: PostOptions, command: Command) => {
      const { postThread } = await import('../board/write-board.ts');
      await postThread(text, options, command);
    });
  writing(board, 'reply', 'write in a thread')
    .argument('<thread>', threadArgument)
    .argument('<text>', textArgument)
    .addOption(priorityOption('that of the thread by default'))
    .action(async (thread: string, text: string, options: WriteOptions, command: Command) => {
      const { replyToThread } = await import('../board/write-board.ts');
      await replyToThread(thread, text, options, command);
    });
  writing(board, 'send', 'write to one member directly')
    .argument('<member>', 'name or id')
    .argument('<text>', textArgument)
    .addOption(priorityOption('NORMAL by default'))
    .action(async (member: string, text: string, options: WriteOptions, command: Command) => {
      const { sendMessage } = await import('../board/write-board.ts');
      await sendMessage(member, text, options, command);
    });
}

function addThreadCommands(board: Command): void {
  for (const [name, type, description] of [
    ['resolve', 'thread.resolve', 'say that nothing is left to do in a thread'],
    ['wait', 'thread.wait', 'say that a thread waits for an answer'],
  ] as const) {
    board
      .command(name)
      .description(description)
      .argument('<thread>', threadArgument)
      .option('--note <text>', 'how, or for what', '')
      .action(async (thread: string, { note }: { note: string }, command: Command) => {
        const { changeThread } = await import('../board/write-board.ts');
        await changeThread(thread, { type, note }, command);
      });
  }
  board
    .command('read')
    .description('count a thread as read, up to its newest message')
    .argument('<thread>', threadArgument)
    .action(async (thread: string, _options: object, command: Command) => {
      const { changeThread } = await import('../board/write-board.ts');
      await changeThread(thread, { type: 'board.mark_read' }, command);
    });
  board
    .command('reopen')
    .description('make a thread active again')
    .argument('<thread>', threadArgument)
    .action(async (thread: string, _options: object, command: Command) => {
      const { changeThread } = await import('../board/write-board.ts');
      await changeThread(thread, { type: 'thread.reopen' }, command);
    });
  board
    .command('prioritize')
    .description('change the priority of a thread')
    .argument('<thread>', threadArgument)
    .argument('<priority>', 'LOW, NORMAL, HIGH or URGENT', parsePriority)
    .action(
      async (
        thread: string,
        priority: ReturnType<typeof parsePriority>,
        _options: object,
        command: Command,
      ) => {
        const { changeThread } = await import('../board/write-board.ts');
        await changeThread(thread, { type: 'thread.prioritize', priority }, command);
      },
    );
}

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

const writing = (board: Command, name: string, description: string): Command =>
  board
    .command(name)
    .description(description)
    .addOption(new Option('--kind <kind>', messageKinds.join(', ')).argParser(parseKind).default('STATUS'));

/** In any case of letters. */
function parseKind(text: string): (typeof messageKinds)[number] {
  const kind = messageKinds.find((known) => known === text.toUpperCase());
  if (kind) return kind;
  throw new InvalidArgumentError(`It must be one of ${messageKinds.join(', ')}.`);
}
