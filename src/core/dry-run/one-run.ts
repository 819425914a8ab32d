/** One epic from its start to its end on an empty desk, by the rules of the company itself: only time and results are drawn. */
import type { CommandInput } from '../command.ts';
import { commandSchema } from '../command.ts';
import type { Actor, Context } from '../context.ts';
import { hostAlone } from '../context.ts';
import { CoordError } from '../error.ts';
import { needsHuman } from '../gate/signing-rules.ts';
import type { ArtifactHash, GateId, IdKinds, MemberId, RoleId, TaskId, WorkerId } from '../ids.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState, StateSnapshot } from '../state.ts';
import { restoreState } from '../state.ts';
import type { Task } from '../task/task.ts';
import { transact } from '../transact.ts';
import type { DurationMs, EpochMs, MicroUsd } from '../units.ts';
import type { Draw } from './draw.ts';
import type { Forecast } from './forecast.ts';

export interface WorkDone {
  readonly taskId: TaskId;
  readonly stepId: string;
  readonly kind: Task['kind'];
  readonly roleId: RoleId | null;
  readonly readyAt: EpochMs;
  readonly startedAt: EpochMs;
  readonly endedAt: EpochMs;
}

export interface RunOutcome {
  /** Null: the epic never ended; `stuck` says where it stood. */
  readonly duration: DurationMs | null;
  readonly cost: MicroUsd;
  readonly done: readonly WorkDone[];
  /** How long gates waited for people, by the role of the slot. */
  readonly signing: readonly { readonly roleId: RoleId; readonly waited: DurationMs }[];
  readonly stuck: string | null;
  readonly state: CompanyState;
}

interface Due {
  readonly at: EpochMs;
  readonly happen: () => void;
}

/** An epic that has not ended after so much went on is not going to. */
const mostSteps = 20_000;
const host: Actor = { kind: 'host' };

/** @param desk the company without any work: its members, roles and workflows */
export function runOnce(desk: StateSnapshot, workflow: string, forecast: Forecast, draw: Draw): RunOutcome {
  return new Run(desk, workflow, forecast, draw).toTheEnd();
}

class Run {
  readonly #state: CompanyState;
  readonly #workflow: string;
  readonly #forecast: Forecast;
  readonly #draw: Draw;
  readonly #workers = new Map<MemberId, WorkerId>();
  readonly #due: Due[] = [];
  readonly #done: WorkDone[] = [];
  readonly #signing: { roleId: RoleId; waited: DurationMs }[] = [];
  /** Gates that a person will look at: by gate and artifact, once for each slot. */
  readonly #asked = new Set<string>();
  #now = 0 as EpochMs;
  #cost = 0;
  #ids = 0;

  constructor(desk: StateSnapshot, workflow: string, forecast: Forecast, draw: Draw) {
    this.#state = restoreState(desk);
    this.#workflow = workflow;
    this.#forecast = forecast;
    this.#draw = draw;
  }

  toTheEnd(): RunOutcome {
    this.#goOnline();
    const owner = this.#state.company?.ownerId as MemberId;
    this.#do({ kind: 'member', memberId: owner }, {
      type: 'epic.create',
      title: 'A dry run',
      workflow: this.#workflow,
      force: true,
    } as CommandInput);
    for (let step = 0; step < mostSteps; step += 1) {
      this.#letAgentsClaim();
      this.#letPeopleLook();
      if (this.#due.length === 0) this.#letPeopleClaim();
      const next = this.#due.shift();
      if (!next) break;
      this.#now = next.at;
      next.happen();
    }
    return this.#outcome();
  }

  #outcome(): RunOutcome {
    const [epic] = [...this.#state.epics.values()];
    const isOver = epic?.state === 'completed';
    const open = [...this.#state.tasks.values()].find(
      ({ state }) => state !== 'done' && state !== 'cancelled',
    );
    return {
      // It began at 0.
      duration: isOver ? ((epic.endedAt ?? this.#now) as number as DurationMs) : null,
      cost: this.#cost as MicroUsd,
      done: this.#done,
      signing: this.#signing,
      stuck: isOver ? null : (open?.title ?? 'its first step'),
      state: this.#state,
    };
  }

  #goOnline(): void {
    for (const { id, kind } of this.#state.members.dump()) {
      if (kind !== 'agent') continue;
      const workerId = this.#newId('worker');
      this.#do(host, {
        type: 'worker.start',
        workerId,
        memberId: id,
        launcher: 'dry-run',
        runner: 'dry-run',
      });
      this.#do({ kind: 'member', memberId: id }, { type: 'worker.report_ready', workerId, pid: 1 });
      this.#workers.set(id, workerId);
    }
  }

  #letAgentsClaim(): void {
    for (const [memberId, workerId] of this.#workers) {
      const { maxConcurrent } = this.#state.members.get(memberId) as Member;
      while (this.#state.index.leasedByMember.get(memberId).size < maxConcurrent) {
        if (!this.#claim({ kind: 'member', memberId }, { workerId, taskId: null })) break;
      }
    }
  }

  /** What no agent may take, a person does. */
  #letPeopleClaim(): void {
    for (const { id } of this.#people()) {
      for (const { id: taskId } of [...this.#state.index.tasksByState.get('ready')]) {
        const actor = { kind: 'member', memberId: id } as const;
        if (this.#ifAllowed(() => this.#claim(actor, { workerId: null, taskId }))) return;
      }
    }
  }

  #claim(
    actor: Extract<Actor, { kind: 'member' }>,
    wish: { readonly workerId: WorkerId | null; readonly taskId: TaskId | null },
  ): boolean {
    const claimed = this.#do(actor, { type: 'task.claim', ...wish } as CommandInput).find(
      ({ event }) => event.type === 'task.claimed',
    );
    if (claimed?.event.type !== 'task.claimed') return false;
    const task = this.#state.tasks.get(claimed.event.taskId) as Task;
    const { duration, cost } = this.#forecast.work(this.#workflow, task, this.#draw);
    const { readyAt: ready, roleId, stepId, kind } = task;
    const startedAt = this.#now;
    this.#cost += cost;
    this.#at(duration, () => {
      this.#ifAllowed(() => this.#finish(actor, task));
      this.#done.push({
        taskId: task.id,
        stepId: stepId ?? '',
        kind,
        roleId,
        readyAt: ready ?? startedAt,
        startedAt,
        endedAt: this.#now,
      });
    });
    return true;
  }

  /** Whoever lost it meanwhile, such as to a gate that was withdrawn, has worked for nothing. */
  #finish(actor: Actor, { id: taskId, kind, lease }: Task): boolean {
    const token = lease?.token;
    if (token === undefined || this.#state.tasks.get(taskId)?.lease?.token !== token) return false;
    if (kind === 'review') {
      const rejects = this.#forecast.rejects(this.#draw);
      const verdict = rejects
        ? { decision: 'request_changes', note: 'drawn' }
        : { decision: 'approve', note: '' };
      return this.#do(actor, { type: 'task.answer', taskId, token, ...verdict } as CommandInput).length > 0;
    }
    const artifacts = [{ path: 'result', bytes: 1, hash: this.#nextHash() }];
    return this.#do(actor, { type: 'task.complete', taskId, token, artifacts }).length > 0;
  }

  #letPeopleLook(): void {
    for (const gate of [...this.#state.index.gatesByState.get('waiting')]) {
      const key = `${gate.id} ${gate.artifactHash} ${gate.signOffs.length}`;
      if (this.#asked.has(key) || !this.#isForPeople(gate.id)) continue;
      this.#asked.add(key);
      const asked = this.#now;
      this.#at(this.#forecast.signing(this.#draw), () => this.#sign(gate.id, asked));
    }
  }

  #sign(gateId: GateId, asked: EpochMs): void {
    const gate = this.#state.gates.get(gateId);
    if (gate?.state !== 'waiting' || gate.artifactHash === null) return;
    const { artifactHash } = gate;
    const isWork = gate.rule.position === 'after';
    const rejects = isWork && this.#forecast.rejects(this.#draw);
    const verdict = rejects ? { decision: 'request_changes', note: 'drawn' } : { decision: 'approve' };
    for (const { id } of this.#people()) {
      const sign = { type: 'gate.sign', gateId, artifactHash, ...verdict } as CommandInput;
      if (!this.#ifAllowed(() => this.#do({ kind: 'member', memberId: id }, sign).length > 0)) continue;
      const roleId = this.#state.gates.get(gateId)?.signOffs.at(-1)?.roleId ?? gate.rule.requires[0]?.roleId;
      if (roleId) this.#signing.push({ roleId, waited: (this.#now - asked) as DurationMs });
      return;
    }
  }

  /** A person is required, or no agent is asked any more. */
  #isForPeople(gateId: GateId): boolean {
    const gate = this.#state.gates.get(gateId);
    if (!gate) return false;
    if (needsHuman(gate)) return true;
    return [...this.#state.index.reviewsByGate.get(gateId)].every(
      ({ state }) => state === 'done' || state === 'cancelled',
    );
  }

  /** The owner comes last, where no other person can help. */
  #people(): Member[] {
    const { members, company } = this.#state;
    return members
      .dump()
      .filter(({ kind }) => kind === 'human')
      .sort((a, b) => Number(a.id === company?.ownerId) - Number(b.id === company?.ownerId));
  }

  #at(wait: DurationMs, happen: () => void): void {
    const at = (this.#now + wait) as EpochMs;
    const behind = this.#due.findIndex((due) => due.at > at);
    this.#due.splice(behind < 0 ? this.#due.length : behind, 0, { at, happen });
  }

  #ifAllowed(act: () => boolean): boolean {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof CoordError) || error.code === 'INTERNAL') throw error;
      return false;
    }
  }

  #do(actor: Actor, command: CommandInput) {
    return transact(this.#state, commandSchema.parse(command), this.#context(actor));
  }

  #context(actor: Actor): Context {
    return {
      ...hostAlone,
      now: this.#now,
      actor,
      newId: (kind) => this.#newId(kind),
      sha256: () => this.#nextHash(),
    };
  }

  #newId<Kind extends keyof IdKinds>(kind: Kind): IdKinds[Kind] {
    this.#ids += 1;
    return `${kind}_dry${String(this.#ids).padStart(8, '0')}` as IdKinds[Kind];
  }

  /** Of content that nobody reads: no two are the same. */
  #nextHash(): ArtifactHash {
    this.#ids += 1;
    return String(this.#ids).padStart(64, '0') as ArtifactHash;
  }
}
