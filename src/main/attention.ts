/** What needs the person at this machine, in every company of the host, as it changes. */
import type { QueryAnswers } from '../contract/queries.ts';
import type { CompanySummary, Coordination } from '../contract/rpc.ts';
import { rpcVersion } from '../contract/rpc.ts';
import type { GateId, Seq } from '../core/ids.ts';

/** A gate or an approval that waits for this person. */
export interface WaitingGate {
  readonly id: GateId;
  readonly name: string;
  readonly company: string;
  /** What it is about: the epic, or who asks. */
  readonly about: string;
}

type Source = Pick<Coordination, 'hello' | 'query' | 'follow'>;

export interface AttentionOptions {
  /** A session of its own for each company, which ends with the signal. */
  readonly connect: (ended: AbortSignal) => Source;
  readonly token: string;
  readonly companies: () => Promise<readonly CompanySummary[]>;
  readonly signal: AbortSignal;
  /** All that waits now, and what of it was not told before. */
  readonly onChange: (waiting: readonly WaitingGate[], fresh: readonly WaitingGate[]) => void;
  readonly onFault: (error: unknown) => void;
  /** How often it is looked whether there are more companies, in ms. */
  readonly lookEveryMs?: number;
}

/** A burst of events is one question. */
const askAfterMs = 150;

export function watchAttention(options: AttentionOptions): void {
  const { connect, token, companies, signal, onChange, onFault, lookEveryMs = 5_000 } = options;
  const waiting = new Map<string, readonly WaitingGate[]>();
  const told = new Set<GateId>();
  const watched = new Set<string>();

  const tell = () => {
    const all = [...waiting.values()].flat();
    const fresh = all.filter(({ id }) => !told.has(id));
    const ids = new Set(all.map(({ id }) => id));
    // What came and went is told again when it comes again.
    for (const id of told) if (!ids.has(id)) told.delete(id);
    for (const { id } of fresh) told.add(id);
    onChange(all, fresh);
  };

  const watch = async ({ id, name }: CompanySummary) => {
    const source = connect(signal);
    const { head } = await source.hello({ version: rpcVersion, token, company: id, client: 'desktop' });
    const ask = async () => {
      const { approvals } = await source.query('inbox', { limit: 1 });
      waiting.set(
        id,
        approvals.map((gate) => waitingGate(gate, name)),
      );
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

function waitingGate(view: QueryAnswers['inbox']['approvals'][number], company: string): WaitingGate {
  const { gate, epic, task } = view;
  return { id: gate.id, name: gate.name, company, about: epic?.title ?? task?.title ?? '' };
}
