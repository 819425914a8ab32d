/** The locks by where they are, so that one that overlaps a scope is found among thousands without asking them all. */
import type { LockId } from '../ids.ts';
import type { Index } from '../table.ts';
import { Effort } from './effort.ts';
import type { FileLock } from './lock.ts';
import type { PathScope } from './path-scope.ts';
import { overlap, readScope } from './path-scope.ts';
import type { Segment } from './segment.ts';

/** A folder of plain names. */
interface Place {
  readonly below: Map<string, Place>;
  /** Locks whose plain names end here; what follows, if anything, is a pattern. */
  readonly here: Set<LockId>;
}

const emptyPlace = (): Place => ({ below: new Map(), here: new Set() });

export class LockIndex implements Index<FileLock> {
  readonly #root = emptyPlace();
  readonly #locks = new Map<LockId, { readonly lock: FileLock; readonly scope: PathScope }>();

  /**
   * The locks that share a path with the scope, the oldest first.
   * @throws CoordError `TOO_MANY_LOCKS` - so many patterns are held that it is more work than the effort allows
   */
  overlapping(scope: PathScope, effort = new Effort()): FileLock[] {
    const candidates = new Set<LockId>();
    for (const alternative of scope.alternatives) this.#gather(alternative, candidates);
    return [...candidates]
      .flatMap((id) => this.#locks.get(id) ?? [])
      .filter((held) => overlap(held.scope, scope, effort))
      .map(({ lock }) => lock)
      .sort((a, b) => a.token - b.token);
  }

  add(lock: FileLock): void {
    const scope = readScope(lock.scope);
    this.#locks.set(lock.id, { lock, scope });
    for (const alternative of scope.alternatives) {
      let place = this.#root;
      for (const name of plainNames(alternative)) {
        const below = place.below.get(name) ?? emptyPlace();
        place.below.set(name, below);
        place = below;
      }
      place.here.add(lock.id);
    }
  }

  remove({ id }: FileLock): void {
    const held = this.#locks.get(id);
    if (!held) return;
    this.#locks.delete(id);
    for (const alternative of held.scope.alternatives) removeFrom(this.#root, plainNames(alternative), id);
  }

  /** Whoever lies on the way to it, and whoever lies below where its plain names end. */
  #gather(alternative: readonly Segment[], candidates: Set<LockId>): void {
    let place: Place | undefined = this.#root;
    for (const name of plainNames(alternative)) {
      for (const id of place.here) candidates.add(id);
      place = place.below.get(name);
      if (!place) return;
    }
    gatherAll(place, candidates);
  }
}

function gatherAll({ here, below }: Place, candidates: Set<LockId>): void {
  for (const id of here) candidates.add(id);
  for (const place of below.values()) gatherAll(place, candidates);
}

function removeFrom(place: Place, [name, ...rest]: readonly string[], id: LockId): void {
  if (name === undefined) {
    place.here.delete(id);
    return;
  }
  const below = place.below.get(name);
  if (!below) return;
  removeFrom(below, rest, id);
  if (below.here.size === 0 && below.below.size === 0) place.below.delete(name);
}

/** The names before the first pattern. */
function plainNames(alternative: readonly Segment[]): string[] {
  const names: string[] = [];
  for (const segment of alternative) {
    if (segment.kind !== 'name') break;
    names.push(segment.name);
  }
  return names;
}
