/** Grows a company's log to any length, as work does: epics through a workflow with gates and rework, single tasks, failures. */
import type { EventGroup, EventLog } from '../../src/contract/event-log.ts';
import type { CompanyFileInput, WorkflowFileInput } from '../../src/contract/templates.ts';
import { entitiesOf } from '../../src/coordinator/decide-batch.ts';
import { randomId, sha256 } from '../../src/coordinator/world.ts';
import type { CommandInput } from '../../src/core/command.ts';
import { commandSchema } from '../../src/core/command.ts';
import type { Actor } from '../../src/core/context.ts';
import { hostAlone } from '../../src/core/context.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import type { MemberId } from '../../src/core/ids.ts';
import type { CompanyState } from '../../src/core/state.ts';
import { emptyState } from '../../src/core/state.ts';
import { transact } from '../../src/core/transact.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { seededRandom } from '../seeded-random.ts';

const workflow: WorkflowFileInput = {
  name: 'change',
  steps: [
    {
      id: 1,
      title: 'Write the design',
      role: 'pm',
      gates: [{ name: 'design_review', position: 'after', requires: { em: 1 } }],
    },
    { id: 2, title: 'Build it', role: 'engineer', depends_on: [1] },
    { id: 3, title: 'Write the guide', role: 'engineer', depends_on: [1] },
    {
      id: 4,
      title: 'Test it',
      role: 'qa_eng',
      depends_on: [2, 3],
      gates: [{ name: 'release', position: 'after', requires: { em: 1, qa_lead: 1 } }],
    },
  ],
};

const team = (name: string, ...members: { name: string; role: string }[]) => ({
  name,
  teams: [{ name, members }],
});

const file: CompanyFileInput = {
  name: 'Grown',
  departments: [
    team('product', { name: 'pia', role: 'pm' }, { name: 'paul', role: 'pm' }),
    team(
      'engineering',
      { name: 'emma', role: 'em' },
      ...['ann', 'ben', 'cat', 'dan', 'eve', 'fay'].map((name) => ({ name, role: 'engineer' })),
    ),
    team('qa', { name: 'quinn', role: 'qa_lead' }, { name: 'quentin', role: 'qa_eng' }),
  ],
  workflows: [workflow],
};

/** Between two commands, in ms: a busy company, about 2,300 events a day. */
const pace = 20_000;
const groupsAtOnce = 2_000;

export class GrowingLog {
  readonly state: CompanyState = emptyState();
  readonly #log: EventLog;
  readonly #random = seededRandom(1);
  #now = 1_760_000_000_000;
  #groups: EventGroup[] = [];
  #decidedAt = this.state.seq;

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Goes on until the log has so many events, or a few more: a command is never cut in two. */
  async growTo(events: number): Promise<void> {
    if (this.state.company === null)
      this.#do({ kind: 'host' }, { type: 'company.create', file, workflows: [] });
    while (this.state.seq < events) {
      this.#order();
      this.#work(events);
      if (this.#groups.length >= groupsAtOnce) await this.#flush();
    }
    await this.#flush();
  }

  /** An epic now and then, and a few single tasks. */
  #order(): void {
    const owner = this.#owner();
    const what = {
      title: 'Let people sign in by a link',
      description: 'Passwords are forgotten. '.repeat(8),
    };
    if (this.#random() < 0.3) this.#do(owner, { type: 'epic.create', workflow: 'change', ...what });
    for (let n = 0; n < 3; n += 1) {
      const task = { title: `Answer the question of customer ${this.state.seq}`, roleId: 'engineer' };
      this.#do(owner, { type: 'task.create', ...task, tags: ['support'] });
    }
  }

  /** Everybody takes what there is until there is nothing left, or the log is long enough. */
  #work(events: number): void {
    for (let busy = true; busy && this.state.seq < events; ) {
      busy = false;
      for (const { id, kind } of [...this.state.members.values()]) {
        if (kind === 'agent' && this.#takeOne(id)) busy = true;
      }
      this.#do({ kind: 'host' }, { type: 'tick' });
    }
  }

  #takeOne(memberId: MemberId): boolean {
    const actor: Actor = { kind: 'member', memberId };
    const [claimed] = this.#do(actor, { type: 'task.claim' });
    if (claimed?.event.type !== 'task.claimed') return false;
    const { taskId } = claimed.event;
    const held = { taskId, token: claimed.seq };
    const luck = this.#random();
    if (this.state.tasks.get(taskId)?.review) {
      const decision = luck < 0.1 ? 'request_changes' : 'approve';
      this.#do(actor, { type: 'task.answer', ...held, decision, note: 'The second part needs a test' });
    } else if (luck < 0.02) {
      this.#do(actor, { type: 'task.fail', ...held, reason: 'the build broke' });
    } else {
      const hash = sha256(`${taskId}${claimed.seq}`);
      this.#do(actor, {
        type: 'task.complete',
        ...held,
        artifacts: [{ hash, path: 'result.md', bytes: 2_000 }],
      });
    }
    return true;
  }

  #owner(): Actor {
    const { company } = this.state;
    if (!company) throw new Error('there is no company yet');
    return { kind: 'member', memberId: company.ownerId };
  }

  #do(actor: Actor, input: CommandInput): readonly StoredEvent[] {
    this.#now += pace;
    const context = { ...hostAlone, now: this.#now as EpochMs, actor, newId: randomId, sha256 };
    const events = transact(this.state, commandSchema.parse(input), context);
    if (events.length > 0) {
      this.#groups.push({ events, ...entitiesOf(this.state, events), decidedAt: this.#decidedAt });
    }
    return events;
  }

  async #flush(): Promise<void> {
    await this.#log.append(this.#groups);
    this.#groups = [];
    this.#decidedAt = this.state.seq;
  }
}
