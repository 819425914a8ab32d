/** Leads a company in a log and its model through the same random commands, restarts and second hosts. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { CompanyCoordinator } from '../../src/coordinator/company-coordinator.ts';
import { stateVersion } from '../../src/coordinator/open-state.ts';
import { verifyLog } from '../../src/coordinator/verify-log.ts';
import type { Actor } from '../../src/core/context.ts';
import { CoordError } from '../../src/core/error.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Seq } from '../../src/core/ids.ts';
import { emptyState } from '../../src/core/state.ts';
import { host } from '../core/kit.ts';
import type { Given } from '../core/property/moves.ts';
import { anyMove, planned } from '../core/property/moves.ts';
import type { Outcome } from './model-company.ts';
import { founding, ModelCompany, text } from './model-company.ts';
import type { LogPlace } from './model-logs.ts';

export interface Counts {
  commands: number;
  refused: number;
  /** Moments at which the states were compared. */
  checks: number;
  restarts: number;
  /** Batches that two coordinators decided at once, without knowing of each other. */
  shared: number;
}

const largestBatch = 12;
const batchesBetweenChecks = 10;

export class ModelRun {
  readonly counts: Counts = { commands: 0, refused: 0, checks: 0, restarts: 0, shared: 0 };
  readonly #place: LogPlace;
  readonly #random: () => number;
  readonly #model = new ModelCompany();
  readonly #faults: unknown[] = [];
  #coordinator: CompanyCoordinator;

  private constructor(place: LogPlace, random: () => number, first: CompanyCoordinator) {
    this.#place = place;
    this.#random = random;
    this.#coordinator = first;
  }

  static async open(place: LogPlace, random: () => number): Promise<ModelRun> {
    const run: ModelRun = new ModelRun(
      place,
      random,
      await CompanyCoordinator.open({ log: await place.open() }),
    );
    // The first one is only there to be replaced by one that lives in the model's surroundings.
    await run.#restart();
    await run.#give([founding]);
    for (const { id: memberId, kind } of run.#model.state.members.dump()) {
      if (kind === 'human') continue;
      const workerId = run.#model.world.context(host).newId('worker');
      await run.#give([
        {
          actor: host,
          command: { type: 'worker.start', workerId, memberId, launcher: 'test', runner: 'script' },
        },
        { actor: { kind: 'member', memberId }, command: { type: 'worker.report_ready', workerId, pid: 1 } },
      ]);
    }
    return run;
  }

  /** @param commands about how many */
  async live(commands: number): Promise<void> {
    const moves = fc.sample(anyMove, { numRuns: commands, seed: Math.floor(this.#random() * 2 ** 31) });
    for (let batches = 1; moves.length > 0; batches += 1) {
      const chosen = moves.splice(0, 1 + Math.floor(this.#random() * largestBatch));
      const given = () =>
        chosen.flatMap((move) => {
          const one = planned(this.#model.world, move);
          return one ? [one] : [];
        });
      const dice = this.#random();
      if (dice < 0.02) await this.#restart();
      if (dice > 0.97) await this.#shareWithAnother(given());
      else await this.#give(given());
      if (batches % batchesBetweenChecks === 0) await this.#check(this.#coordinator);
    }
  }

  /** Closes everything, and reads the log anew: its fold, its chain, its snapshots. */
  async finish(): Promise<void> {
    await this.#check(this.#coordinator);
    await this.#coordinator.close();
    const log = await this.#place.open();
    const folded = emptyState();
    for (let page = await log.read(0 as Seq); page.length > 0; page = await log.read(folded.seq))
      for (const event of page) evolve(folded, event);
    expect(text(folded) === text(this.#model.state), 'the fold of the log is the model').toBe(true);
    expect((await log.loadSnapshot(stateVersion))?.seq).toBeGreaterThan(0);
    const verdict = await verifyLog(log, { anchor: await log.lastLink() });
    expect(verdict.fault).toBeNull();
    expect(verdict.events).toBe(folded.seq);
    await log.close();
    expect(this.#faults).toEqual([]);
  }

  async #open(): Promise<CompanyCoordinator> {
    return CompanyCoordinator.open({
      log: await this.#place.open(),
      world: this.#model.surroundings,
      snapshotEvery: 150,
      maxBatch: 1 + Math.floor(this.#random() * largestBatch),
      onFault: (fault) => this.#faults.push(fault),
    });
  }

  async #restart(): Promise<void> {
    await this.#coordinator.close();
    this.#coordinator = await this.#open();
    this.counts.restarts += 1;
    await this.#check(this.#coordinator);
  }

  /** All at once; the model must come to the same. */
  async #give(given: readonly Given[]): Promise<void> {
    const outcomes = await this.#execute(given, () => this.#coordinator);
    const expected = this.#model.decide(given, await this.#missed());
    expect(outcomes.map(spell)).toEqual(expected.map(spell));
  }

  /** Another host on the same log, for one batch: each decides some of it, and hears of the other only by conflicts. */
  async #shareWithAnother(given: readonly Given[]): Promise<void> {
    await this.#give([this.#aTask()]);
    const [one, two] = [this.#coordinator, await this.#open()];
    const contended = [...this.#claims(), ...given];
    await this.#execute(contended, () => (this.#random() < 0.5 ? one : two));
    this.counts.shared += 1;
    // Whoever is behind hears of the rest as soon as it writes anything itself.
    for (const coordinator of [one, two, one]) {
      await this.#rename(coordinator);
      this.#model.fold(await this.#missed(coordinator));
      await this.#check(coordinator);
    }
    await two.close();
  }

  /** Something that several may take. */
  #aTask(): Given {
    return {
      actor: this.#owner(),
      command: { type: 'task.create', title: 'Contended', roleId: 'engineer', priority: 'URGENT' },
    };
  }

  /** By everybody who is free. */
  #claims(): Given[] {
    const { workers, index } = this.#model.state;
    return workers
      .dump()
      .filter(({ state, memberId }) => state === 'ready' && index.available.has(memberId))
      .map(({ id: workerId, memberId }) => ({
        actor: { kind: 'member', memberId },
        command: { type: 'task.claim', workerId },
      }));
  }

  #owner(): Actor {
    const memberId = this.#model.state.company?.ownerId;
    if (!memberId) throw new Error('the company has no owner');
    return { kind: 'member', memberId };
  }

  async #rename(coordinator: CompanyCoordinator): Promise<void> {
    const name = `Modelled ${this.#model.state.seq}`;
    await coordinator.execute(this.#owner(), { type: 'company.configure', name });
  }

  async #execute(given: readonly Given[], choose: () => CompanyCoordinator): Promise<Outcome[]> {
    const outcomes = await Promise.all(
      given.map(({ actor, command }) =>
        choose()
          .execute(actor, command)
          .then(
            ({ events }): Outcome => events,
            (error: unknown): Outcome => {
              if (error instanceof CoordError && error.code !== 'INTERNAL') return error.code;
              throw error;
            },
          ),
      ),
    );
    this.counts.commands += given.length;
    this.counts.refused += outcomes.filter((outcome) => typeof outcome === 'string').length;
    return outcomes;
  }

  /** What the log has and the model has not. */
  /** @param by who has just written: another host's copy of the log may be behind */
  async #missed(by = this.#coordinator): Promise<StoredEvent[]> {
    return by.readEvents(this.#model.state.seq, 100_000);
  }

  async #check(coordinator: CompanyCoordinator): Promise<void> {
    this.counts.checks += 1;
    const [found, expected] = [await coordinator.read(text), text(this.#model.state)];
    // Only when they differ is it worth the time to say where.
    if (found !== expected) expect(JSON.parse(found)).toEqual(JSON.parse(expected));
    expect(found === expected, 'byte by byte').toBe(true);
  }
}

const spell = (outcome: Outcome): string =>
  typeof outcome === 'string' ? outcome : JSON.stringify(outcome.map(({ seq, event }) => [seq, event.type]));
