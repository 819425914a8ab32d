/** What the board shows: threads, one thread, an inbox, what was found. */
import type { Command } from 'commander';
import type { ThreadState } from '../../core/board/board.ts';
import type { Seq } from '../../core/ids.ts';
import { calledAs } from '../called-as.ts';
import { withCompany } from '../company-session.ts';
import { hitDocument, inboxDocument, messageDocument, threadDocument } from '../documents/board-document.ts';
import { readNames } from '../documents/names.ts';
import { findThread } from '../find-thread.ts';
import { gateReader } from '../gate-reader.ts';
import { globalOptions } from '../global-options.ts';
import { hitText, inboxText, shortThreadId, threadTable, threadText } from '../output/board-text.ts';
import { gateTextWithHint } from '../output/gate-text.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import { budgetTable } from '../output/usage-text.ts';

/** As many as one query gives. */
const mostInInbox = 1_000;

export interface ListOptions {
  readonly state?: ThreadState;
  readonly mine: boolean;
  readonly limit: number;
  readonly before?: number;
}

export async function listThreads(
  { state, mine, limit, before }: ListOptions,
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const [views, names] = await Promise.all([
      coordination.query('threads', {
        mine,
        limit: limit + 1,
        before: before === undefined ? null : (before as Seq),
        ...(state && { state }),
      }),
      readNames(coordination),
    ]);
    const shown = views.slice(0, limit);
    const threads = shown.map((view) => threadDocument(view, names));
    const next = views.length > limit ? (shown.at(-1)?.thread.last ?? null) : null;
    if (next !== null && !options.json)
      output.note(`There are more threads: the same command with --before ${next}`);
    output.answer({ threads, next }, () =>
      threads.length === 0
        ? `No thread fits. Start one: ${calledAs()} board post "…" --title "…"`
        : threadTable(threads, output),
    );
  });
}

export interface ShowOptions {
  readonly limit: number;
  readonly before?: number;
}

/** Nothing is marked as read by a look: scripts look, too. */
export async function showThread(
  key: string,
  { limit, before }: ShowOptions,
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { thread: found } = await findThread(coordination, key);
    const [page, names] = await Promise.all([
      coordination.query('thread', {
        threadId: found.id,
        limit,
        before: before === undefined ? null : (before as Seq),
      }),
      readNames(coordination),
    ]);
    const thread = threadDocument(page, names);
    const messages = page.messages.map((message) => messageDocument(message, names));
    output.answer({ thread, messages, more: page.more }, () => threadText(thread, messages, output.style));
    const [oldest] = messages;
    if (page.more && oldest && !options.json) {
      output.note(
        `There is more: ${calledAs()} board show ${shortThreadId(thread.id)} --before ${oldest.seq}`,
      );
    }
  });
}

export async function showInbox(
  { all, markRead }: { readonly all: boolean; readonly markRead: boolean },
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  if (markRead && options.at) command.error('error: --mark-read is about now: leave --at out');
  const output = openOutput(options.json);
  await withCompany(options, async (session) => {
    const { coordination } = session;
    const [view, names] = await Promise.all([
      coordination.query('inbox', { onlyUnread: !all, limit: mostInInbox }),
      readNames(coordination),
    ]);
    const inbox = inboxDocument(view, names);
    const newest = inbox.messages[0]?.seq;
    if (markRead && inbox.more) output.note('Nothing was marked as read: there is more than is shown.');
    else if (markRead && newest !== undefined) {
      // What came in meanwhile stays unread.
      await coordination.command({ type: 'board.mark_read', upTo: newest as Seq });
    }
    output.answer(inbox, () =>
      [
        inboxText(inbox, all, output.style),
        ...view.approvals.map((gate) => gateTextWithHint(gate, gateReader(session, names), output.style)),
        ...inbox.questions.map(
          ({ task, by, text }) =>
            `${plainLine(by)} asks you about “${plainLine(task.title)}”: ${plainLine(text)}\n  ${calledAs()} answer ${task.id} TEXT`,
        ),
        ...(inbox.budgets.length === 0 ? [] : [budgetTable(inbox.budgets, output)]),
      ].join('\n\n'),
    );
  });
}

export async function searchBoard(
  words: readonly string[],
  _options: object,
  command: Command,
): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const [found, names] = await Promise.all([
      coordination.query('searchBoard', { text: words.join(' ') }),
      readNames(coordination),
    ]);
    const hits = found.map((hit) => hitDocument(hit, names));
    output.answer({ hits }, () =>
      hits.length === 0 ? 'Nothing was found.' : hits.map((hit) => hitText(hit, output.style)).join('\n\n'),
    );
  });
}
