/** The room that each launcher has, where it may run only some workers at once; shared by the supervisors of a host. */
import type { Launcher } from '../../contract/launcher.ts';
import type { PlaceUser } from './worker-places.ts';

export class LauncherRooms {
  readonly #taken = new Map<string, number>();
  /** Whoever found no room; each looks again when there is some. */
  readonly #waiting = new Set<PlaceUser>();

  /** @returns whether there was room for one more of its workers */
  take(launcher: Launcher, user: PlaceUser): boolean {
    if (!this.has(launcher)) {
      this.#waiting.add(user);
      return false;
    }
    this.#taken.set(launcher.name, (this.#taken.get(launcher.name) ?? 0) + 1);
    return true;
  }

  /** Whether there is some. */
  has({ name, atMost = Number.POSITIVE_INFINITY }: Launcher): boolean {
    return (this.#taken.get(name) ?? 0) < atMost;
  }

  giveBack({ name }: Launcher): void {
    this.#taken.set(name, (this.#taken.get(name) ?? 0) - 1);
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const user of waiting) user.look();
  }

  leave(user: PlaceUser): void {
    this.#waiting.delete(user);
  }
}
