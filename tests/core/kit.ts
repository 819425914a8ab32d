/** Given, when, then: a company in code, commands given through `transact`, a clock that only the test moves. */
import { createHash } from 'node:crypto';
import type { CommandInput } from '../../src/core/command.ts';
import { commandSchema } from '../../src/core/command.ts';
import type { Actor, Context, HostChoice } from '../../src/core/context.ts';
import { hostAlone } from '../../src/core/context.ts';
import type { Epic } from '../../src/core/epic/epic.ts';
import { CoordError } from '../../src/core/error.ts';
import type { CompanyEvent, EventOf, EventType, StoredEvent } from '../../src/core/event.ts';
import type { Gate } from '../../src/core/gate/gate.ts';
import type { ArtifactHash, EpicId, IdKinds, Seq, SessionId, WorkerId } from '../../src/core/ids.ts';
import type { Member } from '../../src/core/org/org.ts';
import type { CompanyState } from '../../src/core/state.ts';
import { dumpState, emptyState, restoreState } from '../../src/core/state.ts';
import { refusalToTake } from '../../src/core/task/taking-rules.ts';
import type { Task } from '../../src/core/task/task.ts';
import { transact } from '../../src/core/transact.ts';
import type { DurationMs, EpochMs } from '../../src/core/units.ts';

export const sha256 = (text: string): ArtifactHash =>
  createHash('sha256').update(text).digest('hex') as ArtifactHash;

/** An artifact of some content, as a worker would hand it in. */
export const artifact = (content: string, path = 'result.md') => ({
  hash: sha256(content),
  path,
  bytes: content.length,
});

export const host: Actor = { kind: 'host' };

/** The session by which a member of that name acts. */
export const sessionOf = (name: string): SessionId => `session_${name}` as SessionId;

/** One company, with the words of a test for what happens in it. */
export class World {
  readonly state: CompanyState;
  /** Every event since the beginning. */
  readonly events: StoredEvent[] = [];
  /** The types of the commands that were not refused. */
  readonly given = new Set<string>();
  now = 1_000_000 as EpochMs;
  /** By which host the next command is decided, after so many events. */
  choice: (seq: Seq) => HostChoice = () => hostAlone;
  #ids = 0;

  constructor(state: CompanyState = emptyState()) {
    this.state = state;
  }

  /** The same world, with its state restored from a snapshot: what it goes on to do must be the same. */
  restored(): World {
    const twin = new World(restoreState(structuredClone(dumpState(this.state))));
    twin.events.push(...this.events);
    twin.now = this.now;
    twin.choice = this.choice;
    twin.#ids = this.#ids;
    return twin;
  }

  context(actor: Actor): Context {
    return {
      ...this.choice(this.state.seq),
      now: this.now,
      actor,
      newId: <Kind extends keyof IdKinds>(kind: Kind) => {
        this.#ids += 1;
        return `${kind}_${String(this.#ids).padStart(6, '0')}` as IdKinds[Kind];
      },
      sha256,
    };
  }

  /** Gives a command as the host, or as the member of that name. @throws CoordError the refusal */
  do(who: string | Actor, command: CommandInput): CompanyEvent[] {
    const actor = typeof who === 'string' ? this.actor(who) : who;
    const events = transact(this.state, commandSchema.parse(command), this.context(actor));
    this.events.push(...events);
    this.given.add(command.type);
    return events.map(({ event }) => event);
  }

  /** The refusal of a command, which must be refused. */
  refusal(who: string | Actor, command: CommandInput): CoordError {
    try {
      this.do(who, command);
    } catch (error) {
      if (error instanceof CoordError) return error;
      throw error;
    }
    throw new Error(`${command.type} was not refused`);
  }

  /** Moves the clock and lets the host notice. */
  pass(duration: DurationMs): CompanyEvent[] {
    this.now = (this.now + duration) as EpochMs;
    return this.do(host, { type: 'tick' });
  }

  actor(name: string): Actor {
    return { kind: 'member', memberId: this.member(name).id, sessionId: sessionOf(name) };
  }

  member(name: string): Member {
    return one([...this.state.index.membersByName.get(name)], `member ${name}`);
  }

  /** The worker of an agent, started and ready if it was not. */
  online(name: string): WorkerId {
    const member = this.member(name);
    const [ready] = [...this.state.index.workersByMember.get(member.id)].filter(
      ({ state }) => state === 'ready',
    );
    if (ready) return ready.id;
    this.#endHung(member);
    const workerId = this.context(host).newId('worker');
    this.do(host, {
      type: 'worker.start',
      workerId,
      memberId: member.id,
      launcher: 'test',
      runner: 'script',
    });
    this.do(name, { type: 'worker.report_ready', workerId, pid: 4_000 });
    return workerId;
  }

  /** Every worker ends, so that none of them can go silent. */
  endWorkers(): void {
    for (const { id, endedAt } of this.state.workers.dump()) {
      if (endedAt !== null) continue;
      this.do(host, { type: 'worker.end', workerId: id, outcome: 'stopped', reason: 'drained' });
    }
  }

  /** What the supervisor does: it ends a hung one before it starts another. */
  #endHung(member: Member): void {
    for (const { id, state } of this.state.index.workersByMember.get(member.id)) {
      if (state !== 'hung') continue;
      this.do(host, { type: 'worker.end', workerId: id, outcome: 'crashed', reason: 'hung' });
    }
  }

  /** The task with this title, a step's or a single one; with several stories, of the first. */
  task(title: string): Task {
    const tasks = [...this.state.tasks.values()].filter((task) => task.title === title);
    return one(
      tasks.sort((a, b) => a.order - b.order),
      `task "${title}"`,
    );
  }

  gate(name: string): Gate {
    return one(
      [...this.state.gates.values()]
        .filter((gate) => gate.name === name)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      `gate ${name}`,
    );
  }

  epic(): Epic {
    return one([...this.state.epics.values()], 'epic');
  }

  /** The review tasks of a gate that are not over. */
  reviews(gateName: string): Task[] {
    return [...this.state.index.reviewsByGate.get(this.gate(gateName).id)]
      .filter(({ state }) => state !== 'done' && state !== 'cancelled')
      .sort((a, b) => a.order - b.order);
  }

  route(workflow: string, more: { force?: boolean; stories?: string[]; description?: string } = {}): EpicId {
    const events = this.do('owner', {
      type: 'epic.create',
      title: 'An epic',
      workflow,
      ...more,
    } as CommandInput);
    return only(events, 'epic.created').epic.id;
  }

  /** Claims as that member: the best task, or the one of that title. The task as it is leased; null: nothing fitted. */
  claim(name: string, title?: string): Task | null {
    const workerId = this.member(name).kind === 'agent' ? this.online(name) : null;
    const taskId = title === undefined ? null : this.task(title).id;
    const [claimed] = this.do(name, { type: 'task.claim', taskId, workerId }).filter(isClaimed);
    return claimed ? (this.state.tasks.get(claimed.taskId) ?? null) : null;
  }

  /** Takes a task and hands in an artifact of that content. */
  finish(name: string, title: string, content = `${title} by ${name}`): CompanyEvent[] {
    const task = this.claim(name, title);
    if (!task?.lease) throw new Error(`${name} got nothing`);
    const { token } = task.lease;
    return this.do(name, { type: 'task.complete', taskId: task.id, token, artifacts: [artifact(content)] });
  }

  /** Signs as a person. */
  sign(
    name: string,
    gateName: string,
    decision: 'approve' | 'request_changes' | 'veto' = 'approve',
    more: { roleId?: string | null; note?: string; hash?: ArtifactHash } = {},
  ): CompanyEvent[] {
    return this.do(name, this.signing(gateName, decision, more));
  }

  signing(
    gateName: string,
    decision: 'approve' | 'request_changes' | 'veto' = 'approve',
    more: { roleId?: string | null; note?: string; hash?: ArtifactHash } = {},
  ): CommandInput {
    const gate = this.gate(gateName);
    const artifactHash = more.hash ?? gate.artifactHash ?? sha256('nothing was asked yet');
    const { roleId = null, note = decision === 'approve' ? '' : 'because' } = more;
    return { type: 'gate.sign', gateId: gate.id, roleId, decision, note, artifactHash } as CommandInput;
  }

  /** Reviews as an agent: takes the gate's review task for the role, and answers it. */
  review(
    name: string,
    gateName: string,
    decision: 'approve' | 'request_changes' | 'veto' = 'approve',
    roleId?: string,
  ): CompanyEvent[] {
    const reviews = this.reviews(gateName).filter((task) => !roleId || task.review?.roleId === roleId);
    const own = reviews.find((task) => refusalToTake(this.state, this.member(name), task) === null);
    const review = own ?? reviews[0];
    if (!review) throw new Error(`there is no review for ${gateName}`);
    const workerId = this.online(name);
    this.do(name, { type: 'task.claim', taskId: review.id, workerId });
    const token = this.state.tasks.get(review.id)?.lease?.token ?? 0;
    const note = decision === 'approve' ? '' : 'because';
    return this.do(name, { type: 'task.answer', taskId: review.id, token, decision, note } as CommandInput);
  }
}

function isClaimed(event: CompanyEvent): event is EventOf<'task.claimed'> {
  return event.type === 'task.claimed';
}

/** The one event of a type. */
export function only<Type extends EventType>(events: readonly CompanyEvent[], type: Type): EventOf<Type> {
  return one(
    events.filter((event): event is EventOf<Type> => event.type === type),
    type,
  );
}

export const typesOf = (events: readonly CompanyEvent[]): EventType[] => events.map(({ type }) => type);

function one<Item>(items: readonly Item[], what: string): Item {
  const [first] = items;
  if (first === undefined) throw new Error(`there is no ${what}`);
  return first;
}
