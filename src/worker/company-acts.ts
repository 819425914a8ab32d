/** What a run does in the company, over its worker’s session: the host decides whether the agent may. */

import type { BoardMessage } from '../contract/board-store.ts';
import type { ApprovalAnswer, BoardEntry, CompanyActs } from '../contract/company-acts.ts';
import type { ApprovalView, ThreadView } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { CommandInput } from '../core/command.ts';
import { CoordError } from '../core/error.ts';
import type { MemberId } from '../core/ids.ts';
import type { RunningTask } from './running-task.ts';

type ActsHost = Pick<Coordination, 'command' | 'query' | 'commitTree'>;

const newest = 20;

/** @param hasTree whether the task has a git worktree, which goes with the lease: what is in it is committed before */
export function companyActs(
  host: ActsHost,
  { id: taskId, token }: RunningTask,
  me: MemberId,
  hasTree: boolean,
): CompanyActs {
  const does = async (command: CommandInput) => {
    await host.command(command);
  };
  const keepTree = async () => {
    if (hasTree) await host.commitTree({ taskId, token });
  };
  return {
    colleagues: async () => {
      const { company, members } = await host.query('status', {});
      return members.flatMap(({ member: { id, name, kind, roleIds } }) =>
        id === me ? [] : [{ id, name, kind, roleIds, isOwner: id === company.ownerId }],
      );
    },
    readBoard: async (words) => {
      const names = await namesOf(host);
      if (words !== null) {
        const hits = await host.query('searchBoard', { text: words, limit: newest });
        return hits.map(({ message, thread }) => entryOf(message, thread, names));
      }
      const threads = await host.query('threads', { limit: newest });
      const pages = await Promise.all(
        threads.map(({ thread }) => host.query('thread', { threadId: thread.id, limit: 1 })),
      );
      return pages.flatMap((page) => page.messages.map((message) => entryOf(message, page, names)));
    },
    readThread: async (threadId) => {
      const page = await host.query('thread', { threadId, limit: 50 });
      const names = await namesOf(host);
      return page.messages.map((message) => entryOf(message, page, names));
    },
    startThread: async (title, text) => {
      const { events } = await host.command({ type: 'thread.start', title, text });
      const started = events.flatMap(({ event }) =>
        event.type === 'thread.started' ? [event.thread.id] : [],
      );
      if (started[0]) return started[0];
      throw new CoordError('INTERNAL', 'no thread was started');
    },
    reply: (threadId, text) => does({ type: 'message.post', threadId, text }),
    requestApproval: async ({ title, context, roles, humanRequired }) => {
      const wish = { type: 'approval.request', title, context, roles, humanRequired } as const;
      const { events } = await host.command(wish);
      const asked = events.flatMap(({ event }) =>
        event.type === 'approval.requested' ? [event.gate.id] : [],
      );
      if (!asked[0]) throw new CoordError('INTERNAL', 'no approval was asked for');
      return answerOf(await host.query('approval', { gateId: asked[0] }));
    },
    approval: async (gateId) => answerOf(await host.query('approval', { gateId })),
    divide: async (wishes) => {
      // The parts begin with what is there.
      await keepTree();
      const parts = wishes.map(({ after, ...wish }) => ({ ...wish, after: [...after] }));
      const { events } = await host.command({ type: 'task.divide', taskId, token, parts });
      return events.flatMap(({ event }) => (event.type === 'task.divided' ? event.parts : []));
    },
    awaitParts: async () => {
      await keepTree();
      await does({ type: 'task.await_parts', taskId, token });
    },
    returnPart: (partId, note) => does({ type: 'task.return_part', taskId, token, partId, note }),
    ask: async (to, question) => {
      await keepTree();
      await does({ type: 'task.ask', taskId, token, to, question });
    },
    rest: async (reason, until) => {
      await keepTree();
      await host.command({ type: 'member.rest', reason, until });
      await host.command({ type: 'task.release', taskId, token, reason });
    },
    record: (what, reason) => does({ type: 'decision.log', kind: 'refused', context: what, reason }),
  };
}

async function namesOf(host: ActsHost): Promise<ReadonlyMap<MemberId, string>> {
  const members = await host.query('members', {});
  return new Map(members.map(({ member: { id, name } }) => [id, name]));
}

function entryOf(
  { author, text }: Pick<BoardMessage, 'author' | 'text'>,
  { thread, title }: Pick<ThreadView, 'thread' | 'title'>,
  names: ReadonlyMap<MemberId, string>,
): BoardEntry {
  return { threadId: thread.id, title, by: names.get(author) ?? author, text };
}

function answerOf({ gate }: ApprovalView): ApprovalAnswer {
  return { gateId: gate.id, state: gate.state, note: gate.refusal?.note ?? '' };
}
