/** Puts refusals worth knowing on record, and no more of them than a log can bear. */
import { isWorthKnowing, refusedEvent } from '../core/audit/refused.ts';
import type { Context } from '../core/context.ts';
import type { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { MemberId } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';
import { record } from '../core/transact.ts';

/** A member who is refused again and again, such as a script that runs wild, fills no disk by it. */
const mostPerMinute = 20;
const minute = 60_000;

interface Spell {
  /** When the minute began. */
  readonly since: number;
  recorded: number;
  unrecorded: number;
}

export class RefusalRecord {
  readonly #spells = new Map<MemberId | 'host', Spell>();

  /** @returns the event of the refusal, folded; none for what is no more than a mistake, or one too many */
  keep(
    state: CompanyState,
    asked: { readonly type: string },
    refusal: CoordError,
    context: Context,
  ): StoredEvent[] {
    if (!isWorthKnowing(refusal)) return [];
    // The host asks for nothing that it has no right to; what a channel brought it, nobody may have written whom we know.
    if (context.actor.kind === 'host' && !asked.type.startsWith('channel.')) return [];
    const whose = context.actor.kind === 'host' ? 'host' : context.actor.memberId;
    const spell = this.#spellOf(whose, context.now);
    if (spell.recorded >= mostPerMinute) {
      spell.unrecorded += 1;
      return [];
    }
    spell.recorded += 1;
    const { unrecorded } = spell;
    spell.unrecorded = 0;
    return record(state, refusedEvent(asked, refusal, unrecorded), context);
  }

  #spellOf(memberId: MemberId | 'host', now: number): Spell {
    const known = this.#spells.get(memberId);
    if (known && now - known.since < minute) return known;
    // What was not recorded is told with the next one that is.
    const fresh = { since: now, recorded: 0, unrecorded: known?.unrecorded ?? 0 };
    this.#spells.set(memberId, fresh);
    return fresh;
  }
}
