/** What needs the person at this machine, in every company of the host, as it changes. */
import type { NotificationCategory } from '../contract/notification-settings.ts';
import type { InboxView } from '../contract/queries.ts';
import type { CompanySummary, Coordination } from '../contract/rpc.ts';
import { rpcVersion } from '../contract/rpc.ts';
import type { Seq } from '../core/ids.ts';

/** Something that this person should know of. */
export interface Need {
  /** The same as long as it is the same thing. */
  readonly key: string;
  readonly category: NotificationCategory;
  /** Of the gate, the task, the message or the budget. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** What it is about: the epic, or the words. */
  readonly about: string;
  readonly company: string;
  readonly companyId: string;
  /** The place in the app that shows it. */
  readonly path: string;
  /** It asks for nothing. */
  readonly isNews: boolean;
}

type Source = Pick<Coordination, 'hello' | 'query' | 'follow'>;

export interface AttentionOptions {
  /** A session of its own for each company, which ends with the signal. */
  readonly connect: (ended: AbortSignal) => Source;
  readonly token: string;
  readonly companies: () => Promise<readonly CompanySummary[]>;
  readonly signal: AbortSignal;
  /** All that waits now, and what of it was not told before. */
  readonly onChange: (needs: readonly Need[], fresh: readonly Need[]) => void;
  readonly onFault: (error: unknown) => void;
  /** How often it is looked whether there are more companies, in ms. */
  readonly lookEveryMs?: number;
}

/** Newer ones alone: whoever has more unread knows. */
const shownMessages = 5;
/** A burst of events is one question. */
const askAfterMs = 150;

export function watchAttention(options: AttentionOptions): void {
  const { connect, token, companies, signal, onChange, onFault, lookEveryMs = 5_000 } = options;
  const waiting = new Map<string, readonly Need[]>();
  const told = new Set<string>();
  const watched = new Set<string>();

  const tell = () => {
    const all = [...waiting.values()].flat();
    const fresh = all.filter(({ key }) => !told.has(key));
    const keys = new Set(all.map(({ key }) => key));
    // What came and went is told again when it comes again.
    for (const key of told) if (!keys.has(key)) told.delete(key);
    for (const { key } of fresh) told.add(key);
    onChange(all, fresh);
  };

  const watch = async ({ id, name }: CompanySummary) => {
    const source = connect(signal);
    const { head } = await source.hello({ version: rpcVersion, token, company: id, client: 'desktop' });
    const ask = async () => {
      const inbox = await source.query('inbox', { onlyUnread: true, limit: shownMessages });
      waiting.set(id, needsOf(inbox, { id, name }));
      tell();
    };
    await ask();
    let soon: ReturnType<typeof setTimeout> | undefined;
    signal.addEventListener('abort', () => clearTimeout(soon), { once: true });
    for await (const _events of source.follow(Math.floor(head) as Seq, signal)) {
      soon ??= setTimeout(() => {
        soon = undefined;
        ask().catch(onFault);
      }, askAfterMs);
    }
  };

  const look = async () => {
    for (const company of await companies()) {
      if (watched.has(company.id)) continue;
      watched.add(company.id);
      watch(company)
        .catch((error: unknown) => signal.aborted || onFault(error))
        // Followed anew at the next look, if it is still there.
        .finally(() => watched.delete(company.id));
    }
  };
  const lookOn = () => {
    look().catch((error: unknown) => signal.aborted || onFault(error));
  };
  lookOn();
  const timer = setInterval(lookOn, lookEveryMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function needsOf(
  { approvals, questions, messages, budgets }: InboxView,
  { id: companyId, name: company }: Pick<CompanySummary, 'id' | 'name'>,
): Need[] {
  const of = { company, companyId };
  return [
    ...approvals.map(({ gate, epic, task }): Need => {
      const category = gate.state === 'vetoed' ? 'veto' : 'gate';
      const title = category === 'veto' ? `${gate.name} was vetoed: rule on it` : `${gate.name} needs you`;
      const about = epic?.title ?? task?.title ?? '';
      const path = `/gates/${gate.id}`;
      return {
        ...of,
        key: gate.id,
        category,
        id: gate.id,
        name: gate.name,
        title,
        about,
        path,
        isNews: false,
      };
    }),
    ...questions.map(({ task, question }): Need => {
      const key = `${task.id} ${question.number}`;
      const title = `“${task.title}” waits for your answer`;
      const where = { path: `/board/${task.id}`, isNews: false, category: 'question' } as const;
      return { ...of, ...where, key, id: task.id, name: task.title, title, about: short(question.text) };
    }),
    ...messages.map(({ message, thread }): Need => {
      const key = `message ${message.seq}`;
      const where = { path: `/threads/${message.threadId}`, isNews: true, category: 'message' } as const;
      return {
        ...of,
        ...where,
        key,
        id: key,
        name: thread.title,
        title: thread.title,
        about: short(message.text),
      };
    }),
    ...budgets.map(({ id, state }): Need => {
      const key = `budget ${id} ${state}`;
      const title = state === 'used_up' ? 'A budget is used up' : 'A budget is nearly used up';
      return {
        ...of,
        key,
        category: 'budget',
        id,
        name: title,
        title,
        about: '',
        path: '/costs',
        isNews: true,
      };
    }),
  ];
}

const shownLetters = 140;
const short = (text: string): string =>
  text.length > shownLetters ? `${text.slice(0, shownLetters)}…` : text;
