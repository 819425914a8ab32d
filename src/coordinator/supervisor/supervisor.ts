import { CoordError } from '../../core/error.ts';
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import type { MemberId, WorkerId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import { addMs, ms } from '../../core/units.ts';
import { Alarm } from './alarm.ts';
import { CrashHistory } from './crash-history.ts';
import { IdleWorkers } from './idle-workers.ts';
import { endLeftovers } from './leftovers.ts';
import { scalePlan, scalingDue } from './scale-plan.ts';
import type { WorkerStart } from './supervised-worker.ts';
import { SupervisedWorker } from './supervised-worker.ts';
import type { SupervisorPorts } from './supervisor-ports.ts';
import type { SupervisorSettings } from './supervisor-settings.ts';
import { defaultSupervisorSettings } from './supervisor-settings.ts';
import { sweepLogs } from './worker-logs.ts';
import type { PlaceUser } from './worker-places.ts';
import { planWorkers } from './worker-plan.ts';
import type { WorkerRequest } from './worker-requests.ts';
import { WorkerRequests } from './worker-requests.ts';
import { workerStart } from './worker-start.ts';

/** Events come in bursts, and a look costs the host a millisecond or more; a task waits no longer than this for the one that starts its worker. */
const betweenLooks = ms(100);

/** The one actor that may start and end workers. */
const host = { kind: 'host' } as const;

export class Supervisor {
  readonly #ports: SupervisorPorts;
  readonly #settings: SupervisorSettings;
  readonly #crashes: CrashHistory;
  readonly #alarm: Alarm;
  readonly #placeUser: PlaceUser = { look: () => this.#look() };
  readonly #requests: WorkerRequests;
  /** Workers that somebody asked for. */
  readonly #askedFor = new Set<WorkerId>();
  readonly #running = new Map<WorkerId, SupervisedWorker>();
  readonly #idle: IdleWorkers;
  /** Since the logs were looked through. */
  #endedSince = 0;
  #sweeping: Promise<void> | null = null;
  #unlisten: () => void = () => undefined;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #stopped = false;

  constructor(ports: SupervisorPorts, settings: Partial<SupervisorSettings> = {}) {
    this.#ports = ports;
    this.#settings = { ...defaultSupervisorSettings, ...settings };
    this.#idle = new IdleWorkers(this.#settings.idleAfter);
    this.#requests = new WorkerRequests(ports.coordinator.host);
    this.#crashes = new CrashHistory(this.#settings.crashes);
    this.#alarm = new Alarm(() => this.#look(), ports.coordinator.now);
  }

  /** Ends what an earlier host left running, then starts workers as they are needed. */
  async start(): Promise<void> {
    await endLeftovers(this.#ports);
    await this.#sweepLogs();
    this.#unlisten = this.#ports.coordinator.onCommit((events) => this.#onCommit(events));
    this.#look();
  }

  /** Lets each worker finish or give back its task; kills those that are still there after the grace. */
  async stop(grace: DurationMs = this.#settings.grace): Promise<void> {
    await this.#startNoMore();
    await Promise.all([...this.#running.values()].map((worker) => worker.stop(grace)));
  }

  /** Starts no more, and lets each worker finish what it has, however long that takes; `stop` ends the wait. */
  async finish(): Promise<void> {
    await this.#startNoMore();
    const finishing = [...this.#running.values()].map(async (worker) => {
      // One that has not reported yet has nothing to finish.
      const isAtWork = await this.#ports.coordinator.read(
        ({ workers }) => (workers.get(worker.workerId)?.state ?? 'starting') !== 'starting',
      );
      if (isAtWork) await this.#drain(worker.workerId);
      else await worker.stop(this.#settings.grace);
      await worker.ended;
    });
    // What could not be told of an end is told by whoever waits for it all along.
    await Promise.allSettled(finishing);
  }

  async #startNoMore(): Promise<void> {
    this.#stopped = true;
    this.#unlisten();
    this.#alarm.clear();
    await this.#looking;
    await this.#sweeping;
    this.#ports.places.leave(this.#placeUser);
    this.#ports.rooms.leave(this.#placeUser);
  }

  #onCommit(events: readonly StoredEvent[]): void {
    for (const { event } of events) {
      if (event.type === 'worker.requested') this.#requests.add(event);
      if (event.type === 'worker.ready') this.#running.get(event.workerId)?.noteReady();
    }
    if (events.some(({ event }) => !isOnlyASignOfLife(event))) this.#look();
  }

  /** One look at a time, and a moment between two: what happened meanwhile is seen by the next. */
  #look(): void {
    if (this.#stopped) return;
    this.#lookAgain = this.#looking !== null;
    this.#looking ??= this.#reconcile()
      .catch(this.#ports.onFault)
      .finally(() => {
        this.#looking = null;
        if (this.#lookAgain) this.#alarm.setBy(addMs(this.#ports.coordinator.now(), betweenLooks));
      });
  }

  async #reconcile(): Promise<void> {
    const now = this.#ports.coordinator.now();
    await this.#scale(now);
    const plan = await this.#ports.coordinator.actOn((state) => {
      const idleUntil = this.#idle.note(state, this.#running.values(), now);
      if (idleUntil !== null) this.#alarm.setBy(idleUntil);
      this.#killSilent(state, now);
      if (state.company?.pause?.kind === 'stopped') this.#stopAll();
      const mayStart = (id: MemberId) => this.#mayStart(id, now);
      const plan = scalePlan(state, planWorkers(state, now, mayStart), {
        mayStart,
        isAskedFor: (id) => this.#askedFor.has(id),
      });
      const startOf = (id: MemberId, request: WorkerRequest | null) =>
        workerStart(state, id, { ports: this.#ports, grace: this.#settings.grace, request });
      const asked = this.#requests.take().map((request) => startOf(request.memberId, request));
      const startsOf = (ids: readonly MemberId[]) =>
        this.#notStartedYet(state, ids).map((id) => startOf(id, null));
      this.#dropNeedless(new Set([...plan.start, ...plan.warm]));
      return { ...plan, start: [...asked, ...startsOf(plan.start)], warm: startsOf(plan.warm) };
    });
    const ours = (ids: readonly WorkerId[]) => ids.filter((id) => this.#running.has(id));
    const leaving = ours(plan.leaving).length;
    const waiting = this.#beginAll(plan.start);
    const wants = waiting.filter(({ launcher }) => this.#ports.rooms.has(launcher)).length;
    // What somebody asked for is not in any plan: it waits here for its place.
    this.#requests.giveBack(waiting);
    const { places } = this.#ports;
    places.tell(this.#placeUser, { wants, leaving });
    if (places.missing === 0) this.#beginAll(plan.warm);
    // A worker that has nothing to do makes room for one that has, of whatever company.
    const inTheWay = ours([...plan.spare, ...plan.waiting]).slice(0, places.missing);
    const overdue = ours(plan.spare).filter((id) => this.#idle.isOverdue(id, now) && !plan.kept.has(id));
    const toDrain = new Set([...ours(plan.surplus), ...ours(plan.excess), ...inTheWay, ...overdue]);
    places.tell(this.#placeUser, { wants, leaving: leaving + toDrain.size });
    await Promise.all([...toDrain].map((id) => this.#drain(id)));
  }

  /** Changes the sizes that are due, and rings when the next one is. */
  async #scale(now: EpochMs): Promise<void> {
    const { coordinator } = this.#ports;
    const due = await coordinator.read((state) => (state.company?.pause ? null : scalingDue(state, now)));
    if (due === null) return;
    if (due > now) this.#alarm.setBy(due);
    else await coordinator.execute(host, { type: 'scaling.apply' });
  }

  /**
   * Each name stands for one more worker of that agent. The company may know already that one has ended, while its crash is
   * still to be counted: it comes with the next look.
   */
  #notStartedYet(state: CompanyState, ids: readonly MemberId[]): MemberId[] {
    const ending = new Map<MemberId, number>();
    for (const { workerId, memberId } of this.#running.values()) {
      const worker = state.workers.get(workerId);
      if (!worker || worker.endedAt !== null) ending.set(memberId, (ending.get(memberId) ?? 0) + 1);
    }
    return ids.filter((id) => {
      const count = ending.get(id) ?? 0;
      ending.set(id, count - 1);
      return count <= 0;
    });
  }

  /** Others have done the work meanwhile for which they wait to be started. */
  #dropNeedless(needed: ReadonlySet<MemberId>): void {
    for (const worker of this.#running.values()) {
      if (!worker.isWaiting || needed.has(worker.memberId) || this.#askedFor.has(worker.workerId)) continue;
      worker.stop(0).catch(this.#ports.onFault);
    }
  }

  /** @returns those for which there was no place */
  #beginAll(starts: readonly WorkerStart[]): readonly WorkerStart[] {
    const { places, rooms } = this.#ports;
    const waiting: WorkerStart[] = [];
    for (const start of starts) {
      if (!rooms.take(start.launcher, this.#placeUser)) waiting.push(start);
      else if (places.take()) this.#begin(start);
      else {
        rooms.giveBack(start.launcher);
        waiting.push(start);
      }
    }
    return waiting;
  }

  #mayStart(id: MemberId, now: EpochMs): boolean {
    const at = this.#crashes.mayStartAt(id, now);
    if (at <= now) return true;
    this.#alarm.setBy(at);
    return false;
  }

  /** A process that never reports, was declared hung, or whose worker somebody ended, holds a place and does nothing. */
  #killSilent(state: CompanyState, now: EpochMs): void {
    for (const running of this.#running.values()) {
      const worker = state.workers.get(running.workerId);
      if (worker?.state === 'hung') this.#kill(running, worker.exitReason ?? 'hung');
      if (worker && worker.endedAt !== null) running.stop(0).catch(this.#ports.onFault);
      if (worker?.state !== 'starting') continue;
      const readyWithin = running.launcher.readyWithin ?? this.#settings.readyWithin;
      const until = addMs(worker.lastSeenAt, readyWithin);
      if (until <= now) this.#kill(running, `did not report ready for ${readyWithin / 1_000} s`);
      else this.#alarm.setBy(until);
    }
  }

  #kill(worker: SupervisedWorker, reason: string): void {
    worker.kill(reason).catch(this.#ports.onFault);
  }

  /** Their tasks were taken back, so they have nothing to finish. */
  #stopAll(): void {
    for (const worker of this.#running.values()) {
      worker.stop(this.#settings.grace).catch(this.#ports.onFault);
    }
  }

  #begin(start: WorkerStart): void {
    const { companyId, sessions, coordinator, vitals, handover, turns } = this.#ports;
    if (start.request) {
      this.#askedFor.add(start.workerId);
      // Whoever asks has seen to what made the earlier ones crash.
      this.#crashes.forget(start.memberId);
    }
    const worker = new SupervisedWorker(start, {
      launcher: start.launcher,
      turn: () => turns.take(start.launcher),
      execute: (command) => coordinator.execute(host, command),
      issueToken: (memberId, needed) =>
        sessions.issue({
          ...{ companyId, memberId, workerId: start.workerId },
          ...(start.launcher.reach === 'network' && { away: { handover: needed } }),
        }),
      revokeToken: (token) => sessions.revoke(token),
      handover,
      watch: (measure) => vitals.watch(start.workerId, measure),
      noteCrash: () => this.#crashes.record(start.memberId, coordinator.now()),
    });
    this.#running.set(worker.workerId, worker);
    void worker.ended
      .catch((error: unknown) => {
        // The company could not be told; waiting as after a crash keeps a broken log from being asked without end.
        this.#ports.onFault(error);
        this.#crashes.record(worker.memberId, coordinator.now());
      })
      .then(() => {
        this.#running.delete(worker.workerId);
        this.#askedFor.delete(worker.workerId);
        this.#ports.rooms.giveBack(start.launcher);
        this.#ports.places.giveBack();
        this.#idle.forget(worker.workerId);
        this.#noteEnd();
        this.#look();
      });
  }

  #noteEnd(): void {
    this.#endedSince += 1;
    if (this.#stopped || this.#sweeping || this.#endedSince < this.#settings.logs.patience) return;
    this.#sweeping = this.#sweepLogs()
      .catch(this.#ports.onFault)
      .finally(() => {
        this.#sweeping = null;
      });
  }

  /** The company forgets workers that ended long ago, and their logs go with them. */
  async #sweepLogs(): Promise<void> {
    this.#endedSince = 0;
    const { coordinator, logFolder } = this.#ports;
    const known = await coordinator.read(
      (state) => new Set<string>([...state.workers.values()].map(({ id }) => id)),
    );
    const kept = {
      isKnown: (id: string) => known.has(id),
      isLive: (id: string) => this.#running.has(id as WorkerId),
    };
    await sweepLogs(logFolder, kept, this.#settings.logs.mostBytes);
  }

  /** It may have claimed a task a moment ago; then it finishes that first. */
  async #drain(id: WorkerId): Promise<void> {
    this.#idle.forget(id);
    try {
      await this.#ports.coordinator.execute(host, { type: 'worker.drain', workerId: id });
    } catch (error) {
      // It has ended by itself meanwhile.
      if (!(error instanceof CoordError)) throw error;
    }
  }
}

function isOnlyASignOfLife({ type }: CompanyEvent): boolean {
  return type === 'worker.seen' || type === 'task.lease_renewed';
}
