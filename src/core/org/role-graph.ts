/** Which roles inherit which, transitively, and what each may do: answered from closures kept until a role changes. */
import type { Capability, RoleId } from '../ids.ts';
import type { Index } from '../table.ts';
import type { Role } from './org.ts';

/** Every role that one role reaches by inheritance, nearest first, with the role through which it got there. */
type Closure = ReadonlyMap<RoleId, { readonly distance: number; readonly from: RoleId | null }>;

/** Roles that aren't there are inherited by name but lead nowhere; a cycle ends where it began. */
export class RoleGraph implements Index<Role> {
  readonly #roles = new Map<RoleId, Role>();
  readonly #closures = new Map<RoleId, Closure>();
  readonly #inherited = new Map<RoleId, ReadonlySet<RoleId>>();
  readonly #inheritors = new Map<RoleId, readonly RoleId[]>();
  readonly #capabilities = new Map<RoleId, ReadonlySet<Capability>>();

  add(role: Role): void {
    this.#roles.set(role.id, role);
    this.#forget();
  }

  remove(role: Role): void {
    this.#roles.delete(role.id);
    this.#forget();
  }

  /** The role itself and all that it inherits. */
  inherited(roleId: RoleId): ReadonlySet<RoleId> {
    const known = this.#inherited.get(roleId);
    if (known) return known;
    const inherited = new Set(this.#closureOf(roleId).keys());
    this.#inherited.set(roleId, inherited);
    return inherited;
  }

  /** How many inheritance steps lead from a role to one that it inherits; 0: the same; null: it doesn't inherit it. */
  distance(from: RoleId, to: RoleId): number | null {
    return this.#closureOf(from).get(to)?.distance ?? null;
  }

  /** The shortest chain of inheritance, both ends included; null when `from` doesn't inherit `to`. */
  path(from: RoleId, to: RoleId): readonly RoleId[] | null {
    const closure = this.#closureOf(from);
    if (!closure.has(to)) return null;
    const path: RoleId[] = [];
    for (let role: RoleId | null = to; role !== null; role = closure.get(role)?.from ?? null)
      path.unshift(role);
    return path;
  }

  /** Its own capabilities and those of every role that it inherits. */
  capabilities(roleId: RoleId): ReadonlySet<Capability> {
    const known = this.#capabilities.get(roleId);
    if (known) return known;
    const all = new Set<Capability>();
    for (const id of this.#closureOf(roleId).keys()) {
      for (const capability of this.#roles.get(id)?.capabilities ?? []) all.add(capability);
    }
    this.#capabilities.set(roleId, all);
    return all;
  }

  /** The role itself and all that inherit it, nearest first, then by id. */
  inheritors(roleId: RoleId): readonly RoleId[] {
    const known = this.#inheritors.get(roleId);
    if (known) return known;
    const distances = new Map<RoleId, number>([[roleId, 0]]);
    for (const id of this.#roles.keys()) {
      const distance = this.distance(id, roleId);
      if (distance !== null) distances.set(id, distance);
    }
    const nearestFirst = [...distances].sort(([a, far], [b, near]) => far - near || (a < b ? -1 : 1));
    const inheritors = nearestFirst.map(([id]) => id);
    this.#inheritors.set(roleId, inheritors);
    return inheritors;
  }

  #closureOf(roleId: RoleId): Closure {
    const known = this.#closures.get(roleId);
    if (known) return known;
    const closure = new Map<RoleId, { distance: number; from: RoleId | null }>([
      [roleId, { distance: 0, from: null }],
    ]);
    // A map keeps the order of insertion, and the loop reaches what is inserted meanwhile: breadth first.
    for (const [id, { distance }] of closure) {
      for (const inherited of this.#roles.get(id)?.inherits ?? []) {
        if (!closure.has(inherited)) closure.set(inherited, { distance: distance + 1, from: id });
      }
    }
    this.#closures.set(roleId, closure);
    return closure;
  }

  #forget(): void {
    this.#closures.clear();
    this.#inherited.clear();
    this.#inheritors.clear();
    this.#capabilities.clear();
  }
}
