/** What a person writes on the board, and what they do with its threads. */
import type { Command } from 'commander';
import type { Coordination, Receipt } from '../../contract/rpc.ts';
import type { MessageKind } from '../../core/board/board.ts';
import type { CommandInput } from '../../core/command.ts';
import { CoordError } from '../../core/error.ts';
import type { EventOf } from '../../core/event.ts';
import type { ThreadId } from '../../core/ids.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import { withCompany } from '../company-session.ts';
import { messageDocument, threadDocument } from '../documents/board-document.ts';
import { readNames } from '../documents/names.ts';
import { readText } from '../files/read-input.ts';
import { findMember, findThread } from '../find-thread.ts';
import { globalOptions } from '../global-options.ts';
import { shortThreadId, threadTable } from '../output/board-text.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';

export interface WriteOptions {
  readonly kind: MessageKind;
  readonly priority?: Priority;
}

export interface PostOptions extends WriteOptions {
  readonly title: string;
  /** Empty: to whichever its rules lead; `all`: every one. */
  readonly channel: readonly string[];
}

export async function postThread(
  text: string,
  { title, channel, ...how }: PostOptions,
  command: Command,
): Promise<void> {
  await write(command, text, how, async (coordination, said) => {
    if (channel.length === 0) return { type: 'thread.start', title, ...said };
    const channels = channel.includes('all') ? null : channel;
    await requireChannels(coordination, channels ?? []);
    return { type: 'channel.post', channels: channels && [...channels], title, ...said };
  });
}

/** A word that is misspelt would be said to nobody. @throws CoordError `NOT_FOUND` */
async function requireChannels(coordination: Coordination, names: readonly string[]): Promise<void> {
  const known = (await coordination.channels()).map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new CoordError('NOT_FOUND', `There is no channel ${unknown}. There are: ${known.join(', ')}`, {
    name: unknown,
  });
}

export async function replyToThread(
  key: string,
  text: string,
  how: WriteOptions,
  command: Command,
): Promise<void> {
  await write(command, text, how, async (coordination, said) => {
    const { thread } = await findThread(coordination, key);
    return { type: 'message.post', threadId: thread.id, ...said };
  });
}

export async function sendMessage(
  member: string,
  text: string,
  how: WriteOptions,
  command: Command,
): Promise<void> {
  await write(command, text, how, async (coordination, said) => {
    const { id } = await findMember(coordination, member);
    return { type: 'message.send', to: id, ...said };
  });
}

type ThreadChange =
  | { readonly type: 'thread.resolve' | 'thread.wait'; readonly note: string }
  | { readonly type: 'thread.reopen' | 'board.mark_read' }
  | { readonly type: 'thread.prioritize'; readonly priority: Priority };

export async function changeThread(key: string, change: ThreadChange, command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { thread } = await findThread(coordination, key);
    await coordination.command({ ...change, threadId: thread.id });
    const [view, names] = await Promise.all([
      coordination.query('thread', { threadId: thread.id, limit: 1 }),
      readNames(coordination),
    ]);
    const document = threadDocument(view, names);
    output.answer({ thread: document }, () => threadTable([document], output));
  });
}

interface Said {
  readonly text: string;
  readonly kind: MessageKind;
  readonly priority?: Priority;
}

/** @param text `-` is the standard input */
async function write(
  command: Command,
  text: string,
  { kind, priority }: WriteOptions,
  commandFor: (coordination: Coordination, said: Said) => Promise<CommandInput>,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  const words = text === '-' ? await readText('-') : text;
  await withCompany(options, async ({ coordination }) => {
    const said: Said = { text: words, kind, ...(priority && { priority }) };
    const posted = messageIn(await coordination.command(await commandFor(coordination, said)));
    await answer(coordination, posted, output);
  });
}

async function answer(
  coordination: Coordination,
  { threadId, messageId, unknownNames }: EventOf<'message.posted'>,
  output: Output,
): Promise<void> {
  const [page, names] = await Promise.all([
    coordination.query('thread', { threadId }),
    readNames(coordination),
  ]);
  const thread = threadDocument(page, names);
  const message = page.messages.find(({ id }) => id === messageId);
  const document = message && messageDocument(message, names);
  output.answer({ thread, message: document ?? null, unknownNames }, () => saidText(threadId, thread.title));
  for (const name of unknownNames) output.note(`Nobody here is called ${plainLine(name)}: it stays text.`);
}

const saidText = (threadId: ThreadId, title: string): string =>
  `Written in “${plainLine(title)}”, ${shortThreadId(threadId)}.`;

function messageIn({ events }: Receipt): EventOf<'message.posted'> {
  for (const { event } of events) if (event.type === 'message.posted') return event;
  throw new CoordError('INTERNAL', 'The host took the message but its receipt has none.');
}
