/** What people call themselves; asked of Slack once in a while, and never relied on. */
import type { WebClient } from '@slack/web-api';
import { textAt } from './read-payload.ts';

const kept = 1_000;

export class PeopleNames {
  readonly #web: WebClient;
  readonly #known = new Map<string, string>();

  constructor(web: WebClient) {
    this.#web = web;
  }

  get known(): ReadonlyMap<string, string> {
    return this.#known;
  }

  /** Empty: Slack does not say. */
  async nameOf(person: string): Promise<string> {
    const known = this.#known.get(person);
    if (known !== undefined) return known;
    const answer = await this.#web.users.info({ user: person }).catch(() => null);
    if (answer === null) return '';
    const said = (...path: string[]) => textAt(answer, 'user', ...path);
    const name = (said('profile', 'display_name') || said('real_name') || said('name')).slice(0, 200);
    this.#known.set(person, name);
    const [oldest] = this.#known.keys();
    if (this.#known.size > kept && oldest !== undefined) this.#known.delete(oldest);
    return name;
  }
}
