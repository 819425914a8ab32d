/** What a company does, in figures: counted since the host opened it, or looked up in its state. Nobody’s name is in them. */
import type { ChannelDesk } from '../../contract/channels.ts';
import type { Execution } from '../../coordinator/company-coordinator.ts';
import type { OpenCompany } from '../../coordinator/open-company.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import type { CompanyState } from '../../core/state.ts';
import type { TaskState } from '../../core/task/task.ts';
import type { WorkerState } from '../../core/worker/worker.ts';
import { Counter, DurationHistogram } from './counting.ts';
import type { Family, Labels } from './exposition.ts';

const taskStates: readonly TaskState[] = [
  'blocked',
  'ready',
  'leased',
  'awaiting_gate',
  'done',
  'failed',
  'cancelled',
];
const liveStates: readonly WorkerState[] = ['starting', 'ready', 'draining', 'hung'];

export class CompanyMetrics {
  readonly #company: OpenCompany;
  readonly #channels: ChannelDesk;
  readonly #events = new Counter();
  readonly #commands = new Counter();
  readonly #expiries = new Counter();
  readonly #ends = new Counter();
  readonly #latency = new DurationHistogram();
  readonly #stop: readonly (() => void)[];

  constructor(company: OpenCompany, channels: ChannelDesk) {
    this.#company = company;
    this.#channels = channels;
    this.#expiries.add({}, 0);
    const { coordinator } = company;
    this.#stop = [
      coordinator.onCommit((events) => this.#countEvents(events)),
      coordinator.onExecuted((execution) => this.#countCommand(execution)),
    ];
  }

  stop(): void {
    for (const stop of this.#stop) stop();
  }

  async families(): Promise<readonly Family[]> {
    const { id, coordinator } = this.#company;
    const labels = { company: id };
    const channels = await this.#channels.list(id, false);
    const sum = (of: 'outbox' | 'setAside') => channels.reduce((total, channel) => total + channel[of], 0);
    return [
      counter(
        'agentcoord_events_total',
        'Events of the log since this host opened it, by type.',
        this.#events.samples(labels),
      ),
      counter(
        'agentcoord_commands_total',
        'Commands by type and by what became of them.',
        this.#commands.samples(labels),
      ),
      {
        ...{ name: 'agentcoord_command_duration_seconds', type: 'histogram' },
        help: 'From a command’s arrival until its events are durable, or it is refused.',
        samples: this.#latency.samples(labels),
      },
      gauge(
        'agentcoord_command_queue_depth',
        'Commands that wait to be decided.',
        labels,
        coordinator.queued,
      ),
      counter('agentcoord_lease_expiries_total', 'Leases that ran out.', this.#expiries.samples(labels)),
      counter('agentcoord_worker_ends_total', 'Workers that ended, by how.', this.#ends.samples(labels)),
      gauge('agentcoord_outbox_depth', 'Messages that wait to be sent to channels.', labels, sum('outbox')),
      gauge('agentcoord_outbox_set_aside', 'Messages that channels would not have.', labels, sum('setAside')),
      gauge(
        'agentcoord_log_away',
        '1 while the log does not answer and the host goes on alone.',
        labels,
        coordinator.outage ? 1 : 0,
      ),
      ...(await coordinator.read((state) => stateFamilies(state, labels))),
    ];
  }

  #countEvents(events: readonly StoredEvent[]): void {
    for (const { event } of events) {
      this.#events.add({ type: event.type });
      if (isExpiry(event)) this.#expiries.add({});
      if (event.type === 'worker.stopped') this.#ends.add({ how: 'stopped' });
      if (event.type === 'worker.crashed') this.#ends.add({ how: 'crashed' });
      if (event.type === 'worker.hung') this.#ends.add({ how: 'hung' });
    }
  }

  #countCommand({ type, error, took }: Execution): void {
    this.#commands.add({ command: type ?? 'unknown', result: resultOf(error) });
    this.#latency.observe(took / 1_000);
  }
}

function isExpiry(event: CompanyEvent): boolean {
  return (
    (event.type === 'task.attempt_failed' || event.type === 'task.failed') && event.outcome === 'expired'
  );
}

function resultOf(error: unknown): 'done' | 'refused' | 'failed' {
  if (error === null) return 'done';
  const isRefusal =
    error instanceof CoordError && error.code !== 'INTERNAL' && error.code !== 'LOG_UNAVAILABLE';
  return isRefusal ? 'refused' : 'failed';
}

function stateFamilies(state: CompanyState, labels: Labels): Family[] {
  const { index, accounts, locks, workers } = state;
  const spent = accounts.get('company')?.spent ?? { money: 0, tokens: 0 };
  const live = [...workers.values()].filter(({ endedAt }) => endedAt === null);
  return [
    {
      ...{
        name: 'agentcoord_tasks',
        type: 'gauge',
        help: 'Tasks by state, without those that ended long ago.',
      },
      samples: taskStates.map((each) => ({
        labels: { ...labels, state: each },
        value: [...index.tasksByState.get(each)].length,
      })),
    },
    {
      ...{ name: 'agentcoord_workers', type: 'gauge', help: 'Workers that live, by state.' },
      samples: liveStates.map((each) => ({
        labels: { ...labels, state: each },
        value: live.filter((worker) => worker.state === each).length,
      })),
    },
    gauge(
      'agentcoord_gates_waiting',
      'Gates and approvals that wait for a sign-off.',
      labels,
      [...index.gatesByState.get('waiting')].length,
    ),
    gauge(
      'agentcoord_gates_vetoed',
      'Gates that wait for somebody to settle a veto.',
      labels,
      [...index.gatesByState.get('vetoed')].length,
    ),
    gauge('agentcoord_file_locks', 'File locks that are held.', labels, [...locks.values()].length),
    counter('agentcoord_spent_usd_total', 'What calls to models have cost, since the company began.', [
      { labels, value: spent.money / 1_000_000 },
    ]),
    counter('agentcoord_spent_tokens_total', 'Tokens in and out of models, since the company began.', [
      { labels, value: spent.tokens },
    ]),
    gauge('agentcoord_log_seq', 'The number of the last event.', labels, state.seq),
  ];
}

const counter = (name: string, help: string, samples: Family['samples']): Family => ({
  ...{ name, help, type: 'counter', samples },
});

const gauge = (name: string, help: string, labels: Labels, value: number): Family => ({
  ...{ name, help, type: 'gauge', samples: [{ labels, value }] },
});
