/** The model: a company as pure functions over a state in memory, given the same commands, clock and ids as a coordinator. */
import type { World as Surroundings } from '../../src/coordinator/world.ts';
import { commandSchema } from '../../src/core/command.ts';
import { hostAlone } from '../../src/core/context.ts';
import { CoordError } from '../../src/core/error.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { IdKinds } from '../../src/core/ids.ts';
import type { CompanyState } from '../../src/core/state.ts';
import { dumpState } from '../../src/core/state.ts';
import { transact } from '../../src/core/transact.ts';
import type { CompanyFileInput, Staff } from '../core/companies.ts';
import { scaleup } from '../core/companies.ts';
import { host, sha256, World } from '../core/kit.ts';
import type { Given } from '../core/property/moves.ts';
import { trickyWorkflows } from '../core/property/workflows.ts';
import { HolderWitness } from './holder-witness.ts';

const staff: Staff = {
  ...scaleup,
  engineering: [...(scaleup['engineering'] ?? []), { name: 'hank', role: 'engineer', kind: 'human' }],
  qa: [...(scaleup['qa'] ?? []), { name: 'hilda', role: 'qa_lead', kind: 'human' }],
};

const departments = Object.entries(staff).map(([name, members]) => ({
  name,
  teams: [{ name: `${name} team`, members: [...members] }],
}));

/** The command that founds the company. */
export const founding: Given = {
  actor: host,
  command: {
    type: 'company.create',
    file: { name: 'Modelled', departments } satisfies CompanyFileInput,
    workflows: [...trickyWorkflows],
  },
};

/** What came of a command: its events, or the code of its refusal. */
export type Outcome = readonly StoredEvent[] | string;

export const text = (state: CompanyState): string => JSON.stringify(dumpState(state));

export class ModelCompany {
  /** Moves are planned by looking at it; time passes in it. */
  readonly world = new World();
  /** What coordinators were given, in their order, and the model has yet to be given. */
  readonly #drawn: string[] = [];
  readonly #holders = new HolderWitness();
  #ids = 0;

  get state(): CompanyState {
    return this.world.state;
  }

  /** The clock, ids and hash for a coordinator. */
  readonly surroundings: Surroundings = {
    pick: hostAlone.pick,
    now: () => this.world.now,
    sha256: (content) => sha256(String(content)),
    newId: <Kind extends keyof IdKinds>(kind: Kind) => {
      this.#ids += 1;
      const id = `${kind}_x${String(this.#ids).padStart(9, '0')}`;
      this.#drawn.push(id);
      return id as IdKinds[Kind];
    },
  };

  /**
   * Decides each command by itself, and compares with what the log has.
   * @param stored all that was appended meanwhile @throws Error where it would have decided otherwise
   */
  decide(given: readonly Given[], stored: readonly StoredEvent[]): Outcome[] {
    const rest = [...stored];
    const outcomes = given.map((one) => this.#decideOne(one, rest));
    if (rest.length > 0) throw new Error(`the log has more than was decided: ${JSON.stringify(rest)}`);
    if (this.#drawn.length > 0) throw new Error(`ids were drawn in vain: ${this.#drawn.join()}`);
    return outcomes;
  }

  /** Folds what was decided elsewhere, by several who knew different things. */
  fold(stored: readonly StoredEvent[]): void {
    for (const event of stored) {
      evolve(this.state, event);
      this.#holders.see(event);
    }
    this.#drawn.length = 0;
  }

  #decideOne({ actor, command }: Given, rest: StoredEvent[]): Outcome {
    const parsed = commandSchema.safeParse(command);
    if (!parsed.success) return 'BAD_INPUT';
    try {
      const events = transact(this.state, parsed.data, {
        ...hostAlone,
        now: this.world.now,
        actor,
        newId: (kind) => this.#nextId(kind),
        sha256,
      });
      const stored = rest.splice(0, events.length);
      const [expected, found] = [JSON.stringify(events), JSON.stringify(stored)];
      if (expected !== found) throw new Error(`${command.type} gives ${expected}, and the log has ${found}`);
      for (const event of events) this.#holders.see(event);
      return events;
    } catch (error) {
      if (!(error instanceof CoordError) || error.code === 'INTERNAL') throw error;
      this.#foldRecorded(command.type, error, rest);
      return error.code;
    }
  }

  #nextId<Kind extends keyof IdKinds>(kind: Kind): IdKinds[Kind] {
    const id = this.#drawn.shift();
    if (!id?.startsWith(`${kind}_`)) throw new Error(`a ${kind} was wanted, and ${id} was drawn`);
    return id as IdKinds[Kind];
  }

  /** A refusal worth knowing is on record, unless there were too many of them. */
  #foldRecorded(command: string, { code }: CoordError, rest: StoredEvent[]): void {
    const [next] = rest;
    if (next?.event.type !== 'command.refused') return;
    if (next.event.command !== command || next.event.code !== code) return;
    evolve(this.state, next);
    rest.shift();
  }
}
