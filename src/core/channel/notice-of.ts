/** What people outside the app are told of an event, whatever channel carries it. */
import type { CompanyEvent, EventOf, StoredEvent } from '../event.ts';
import type { MemberId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { gateWords } from './gate-words.ts';
import type { Notice, Words } from './notice.ts';

/** Null: nobody outside need know. */
export function noticeOf(
  state: CompanyState,
  { event, actor }: Pick<StoredEvent, 'event' | 'actor'>,
): Notice | null {
  const said = wordsOf(state, event);
  if (said === null) return null;
  const author = event.type === 'message.posted' ? event.author : actor;
  const authorName = author === null ? null : nameOf(state, author);
  return { ...silent, author, authorName, ...said };
}

const silent = { kind: 'STATUS', priority: 'NORMAL', text: '', to: null, fields: [], asks: null } as const;
function wordsOf(state: CompanyState, event: CompanyEvent): Words | null {
  switch (event.type) {
    case 'message.posted':
      return ofMessage(state, event);
    case 'gate.asked':
    case 'gate.opened':
    case 'gate.rejected':
    case 'gate.vetoed':
    case 'gate.escalated':
    case 'gate.delegated':
      return gateWords(state, event);
    case 'task.done':
    case 'task.failed':
      return ofTask(state, event);
    case 'epic.started':
    case 'epic.blocked':
    case 'epic.completed':
    case 'epic.cancelled':
      return ofEpic(state, event);
    case 'worker.hung':
    case 'worker.crashed':
      return ofWorker(state, event);
    case 'budget.warned': {
      const { scope, measure, spent, limit } = event;
      const whose = scope.kind === 'company' ? 'the company' : scope.kind;
      const title = `Four fifths of a budget of ${whose} are spent`;
      const amount = (value: number) =>
        measure === 'money' ? `$${(value / 1_000_000).toFixed(2)}` : `${value} tokens`;
      const text = `${amount(spent)} of ${amount(limit)}`;
      return {
        category: 'budget',
        kind: 'ERROR',
        priority: 'HIGH',
        title,
        text,
        thread: 'budget',
        path: '/',
      };
    }
    case 'company.paused':
    case 'company.stopped':
    case 'company.resumed': {
      const title = `The company was ${event.type.slice('company.'.length)}`;
      return { category: 'company', priority: 'HIGH', title, thread: 'company', path: '/' };
    }
    case 'host.cut_off':
    case 'host.lost':
    case 'host.came_back':
      return ofHost(state, event);
    case 'conflict.recorded': {
      const title = 'Something that was done at a host that was cut off no longer fits';
      const text = 'It is kept with all that it held, until somebody decides: agentcoord conflicts.';
      return {
        category: 'host',
        kind: 'ERROR',
        priority: 'URGENT',
        title,
        text,
        thread: 'conflicts',
        path: '/',
      };
    }
    default:
      return null;
  }
}

function ofMessage(
  state: CompanyState,
  { threadId, author, kind, priority, text }: EventOf<'message.posted'>,
): Words {
  const thread = state.threads.get(threadId);
  const to = thread?.between?.find((memberId) => memberId !== author) ?? null;
  const category = thread?.between ? 'direct' : 'message';
  const path = `/threads/${threadId}`;
  return { category, kind, priority, title: thread?.title ?? '', text, thread: threadId, to, path };
}

function ofTask(state: CompanyState, event: EventOf<'task.done' | 'task.failed'>): Words | null {
  const task = state.tasks.get(event.taskId);
  // Reviews are told of by their gate.
  if (!task || task.kind === 'review') return null;
  const about = { category: 'task', thread: task.epicId ?? task.id, path: `/board/${task.id}` } as const;
  if (event.type === 'task.done')
    return { ...about, kind: 'SUCCESS', priority: 'LOW', title: `${task.title} is done` };
  return { ...about, kind: 'ERROR', priority: 'HIGH', title: `${task.title} has failed`, text: event.reason };
}

type EpicNotice = EventOf<'epic.started' | 'epic.blocked' | 'epic.completed' | 'epic.cancelled'>;

function ofEpic(state: CompanyState, event: EpicNotice): Words | null {
  const epic = state.epics.get(event.epicId);
  if (!epic) return null;
  const about = { category: 'epic', thread: epic.id, path: `/board/${epic.id}` } as const;
  switch (event.type) {
    case 'epic.started':
      return { ...about, title: `${epic.title} has begun` };
    case 'epic.completed':
      return { ...about, kind: 'SUCCESS', title: `${epic.title} is completed` };
    case 'epic.cancelled':
      return { ...about, title: `${epic.title} was cancelled`, text: event.reason };
    case 'epic.blocked':
      return {
        ...about,
        kind: 'ERROR',
        priority: 'HIGH',
        title: `${epic.title} is blocked`,
        text: event.reason,
      };
  }
}

function ofWorker(
  state: CompanyState,
  { type, workerId, reason }: EventOf<'worker.hung' | 'worker.crashed'>,
): Words {
  const worker = state.workers.get(workerId);
  const whose = worker ? nameOf(state, worker.memberId) : workerId;
  const what = type === 'worker.hung' ? 'shows no life' : 'has crashed';
  const priority = type === 'worker.hung' ? 'HIGH' : 'NORMAL';
  const title = `The worker of ${whose} ${what}`;
  return {
    category: 'worker',
    kind: 'ERROR',
    priority,
    title,
    text: reason,
    thread: `worker:${whose}`,
    path: '/workers',
  };
}

function ofHost(
  state: CompanyState,
  { type, hostId }: EventOf<'host.cut_off' | 'host.lost' | 'host.came_back'>,
): Words {
  const name = state.hosts.get(hostId)?.name ?? hostId;
  const what = { 'host.cut_off': 'is cut off', 'host.lost': 'is lost', 'host.came_back': 'is back' }[type];
  const kind = type === 'host.came_back' ? 'SUCCESS' : 'ERROR';
  const priority = type === 'host.came_back' ? 'NORMAL' : 'HIGH';
  return {
    category: 'host',
    kind,
    priority,
    title: `The host ${name} ${what}`,
    thread: `host:${hostId}`,
    path: '/',
  };
}

const nameOf = (state: CompanyState, id: MemberId): string => state.members.get(id)?.name ?? id;
