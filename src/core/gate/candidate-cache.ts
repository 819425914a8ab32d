/** Remembers who could sign gates of a rule, until a member or a role changes. */
import type { Index } from '../table.ts';
import type { Candidate } from './slot-matching.ts';

export class CandidateCache {
  readonly #byRule = new Map<string, readonly Candidate[]>();

  /** Of the tables of members and of roles. */
  readonly follows: Index<unknown> = {
    add: () => this.#byRule.clear(),
    remove: () => this.#byRule.clear(),
  };

  /** `rule` names everything that the answer depends on beside members and roles. */
  get(rule: string, find: () => readonly Candidate[]): readonly Candidate[] {
    const known = this.#byRule.get(rule);
    if (known) return known;
    const candidates = find();
    this.#byRule.set(rule, candidates);
    return candidates;
  }
}
