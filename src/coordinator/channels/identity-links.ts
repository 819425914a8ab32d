/** Who is who in a channel: a person there is linked to a member once, by a code that the member was shown. */
import { createHash, randomInt } from 'node:crypto';
import type { ChannelStore, LinkCode } from '../../contract/channels.ts';
import type { Person } from '../../contract/plugin/messages.ts';
import { CoordError } from '../../core/error.ts';
import type { MemberId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import { addMs, minutes } from '../../core/units.ts';

const validFor = minutes(15);
/** Without those that look alike. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const codeLength = 10;
/** Wrong codes of one person, before they have to wait, and how long. */
const mostTries = 5;
const wait = minutes(15);

export class IdentityLinks {
  readonly #store: ChannelStore;
  readonly #tries = new Map<string, { count: number; until: EpochMs }>();

  constructor(store: ChannelStore) {
    this.#store = store;
  }

  newCode(channel: string, memberId: MemberId, now: EpochMs): LinkCode {
    const drawn = Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join('');
    const expiresAt = addMs(now, validFor);
    this.#store.addCode(hashOf(drawn), channel, memberId, expiresAt);
    return { code: `${drawn.slice(0, 5)}-${drawn.slice(5)}`, channel, expiresAt };
  }

  /** @throws CoordError `NOT_LINKED` - the code is wrong, used or has run out, or too many were tried */
  take(channel: string, person: Person, code: string, now: EpochMs): MemberId {
    const tries = this.#triesOf(`${channel} ${person.id}`, now);
    if (tries.count >= mostTries) {
      throw new CoordError(
        'NOT_LINKED',
        'Too many wrong codes: wait a quarter of an hour, then get a new one',
      );
    }
    const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
    const memberId = this.#store.takeCode(hashOf(plain), channel, now);
    if (memberId === null) {
      tries.count += 1;
      throw new CoordError(
        'NOT_LINKED',
        'The code is wrong, was used, or has run out: get a new one in the app',
      );
    }
    this.#store.link(channel, person, memberId, now);
    return memberId;
  }

  /** @throws CoordError `NOT_LINKED` */
  require(channel: string, person: Person): MemberId {
    const memberId = this.#store.memberOf(channel, person.id);
    if (memberId !== null) return memberId;
    throw new CoordError(
      'NOT_LINKED',
      'You are not linked to a member of the company yet: get a code in the app, or with ' +
        `“agentcoord channels link ${channel}”, and send “link <code>” here`,
    );
  }

  #triesOf(who: string, now: EpochMs): { count: number; until: EpochMs } {
    const known = this.#tries.get(who);
    if (known && known.until > now) return known;
    const fresh = { count: 0, until: addMs(now, wait) };
    this.#tries.set(who, fresh);
    return fresh;
  }
}

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');
