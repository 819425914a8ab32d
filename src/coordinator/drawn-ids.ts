/** Fresh ids that are noted as they are drawn, so that the same decision can draw the same ones again. */
import type { Context } from '../core/context.ts';
import type { IdKinds } from '../core/ids.ts';

export class DrawnIds {
  readonly ids: string[] = [];
  readonly #fresh: Context['newId'];
  readonly #before: readonly string[];

  /** @param before what was drawn when it was decided first */
  constructor(fresh: Context['newId'], before: readonly string[] = []) {
    this.#fresh = fresh;
    this.#before = before;
  }

  readonly next = <Kind extends keyof IdKinds>(kind: Kind): IdKinds[Kind] => {
    const same = this.#before[this.ids.length];
    // What is decided on another state may draw others.
    const id = same?.startsWith(`${kind}_`) ? (same as IdKinds[Kind]) : this.#fresh(kind);
    this.ids.push(id);
    return id;
  };
}
