/** The buttons by which a gate is signed from a channel: each is for one member, one role, one artifact, once, and for a time. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApprovalOffer, ChannelStore } from '../../contract/channels.ts';
import type { Action } from '../../contract/plugin/messages.ts';
import { CoordError } from '../../core/error.ts';
import { refusalToSign } from '../../core/gate/signing-rules.ts';
import { openSlots } from '../../core/gate/slot-matching.ts';
import type { ArtifactHash, GateId, MemberId, RoleId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import { addMs, minutes } from '../../core/units.ts';

/** As long as a person may take over a weekend. */
const validFor = minutes(72 * 60);
const decisions = { a: 'approve', c: 'request_changes' } as const;

export interface Signature {
  readonly offer: ApprovalOffer;
  readonly decision: (typeof decisions)[keyof typeof decisions];
}

/** Who of these may sign now, and for which role. */
export function signersOf(
  state: CompanyState,
  gateId: GateId,
  artifactHash: ArtifactHash,
  members: readonly MemberId[],
): { readonly memberId: MemberId; readonly name: string; readonly roleId: RoleId }[] {
  const gate = state.gates.get(gateId);
  if (gate?.state !== 'waiting' || gate.artifactHash !== artifactHash) return [];
  const roles = [...new Set(openSlots(gate.rule.requires, gate.signOffs).map(({ roleId }) => roleId))];
  return [...new Set(members)].flatMap((memberId) => {
    const member = state.members.get(memberId);
    if (member?.kind !== 'human') return [];
    const may = roles.filter((roleId) => refusalToSign(state, gate, member, roleId) === null);
    const roleId = may.find((role) => member.roleIds.includes(role)) ?? may[0];
    return roleId === undefined ? [] : [{ memberId, name: member.name, roleId }];
  });
}

export class ApprovalTokens {
  readonly #store: ChannelStore;
  readonly #key: Uint8Array;

  constructor(store: ChannelStore, key: Uint8Array) {
    this.#store = store;
    this.#key = key;
  }

  /** Two buttons for each who may sign. */
  offer(
    channel: string,
    asks: { readonly gateId: GateId; readonly artifactHash: ArtifactHash },
    signers: ReturnType<typeof signersOf>,
    now: EpochMs,
  ): Action[] {
    return signers.flatMap(({ memberId, name, roleId }) => {
      const id = randomBytes(12).toString('base64url');
      const offer = { id, channel, ...asks, roleId, memberId, expiresAt: addMs(now, validFor), usedAt: null };
      this.#store.offer(offer);
      const whose = signers.length > 1 ? ` as ${roleId} (${name})` : ` as ${roleId}`;
      const label = (words: string) => `${words}${whose}`.slice(0, 75);
      return [
        { token: this.#token('a', offer), label: label('Approve'), style: 'primary', asksForNote: false },
        {
          token: this.#token('c', offer),
          label: label('Request changes'),
          style: 'danger',
          asksForNote: true,
        },
      ] satisfies Action[];
    });
  }

  /**
   * Takes a token, once.
   * @param memberId the member to whom whoever sent it is linked
   * @param begunAt it was taken for the same press before, at this time or later, and nothing is known to have come of it
   * @throws CoordError `APPROVAL_REFUSED`
   */
  take(
    token: string,
    channel: string,
    memberId: MemberId,
    now: EpochMs,
    begunAt: EpochMs | null = null,
  ): Signature {
    const read = /^([ac])([\w-]{16})\.([\w-]{22})$/.exec(token);
    const [, letter, id = ''] = read ?? [];
    const offer = read ? this.#store.offerOf(id) : null;
    if ((letter !== 'a' && letter !== 'c') || !offer || !same(this.#token(letter, offer), token)) {
      throw refused('its token is none of ours, or was changed');
    }
    const about = { gateId: offer.gateId, roleId: offer.roleId };
    if (offer.channel !== channel)
      throw refused(`its token was made for the channel ${offer.channel}`, about);
    if (offer.memberId !== memberId) throw refused('its token was made out to somebody else', about);
    if (offer.expiresAt <= now)
      throw refused('its token has run out: use the app, or a newer message', about);
    const isOurs = begunAt !== null && offer.usedAt !== null && offer.usedAt >= begunAt;
    if (!isOurs && !this.#store.use(id, now)) throw refused('its token was used already', about);
    return { offer, decision: decisions[letter] };
  }

  /** The host could not say yes or no: it may be pressed again. */
  giveBack({ offer }: Signature): void {
    this.#store.giveBack(offer.id);
  }

  #token(letter: keyof typeof decisions, offer: ApprovalOffer): string {
    const { id, channel, gateId, roleId, memberId, artifactHash, expiresAt } = offer;
    const said = JSON.stringify([letter, id, channel, gateId, roleId, memberId, artifactHash, expiresAt]);
    const mac = createHmac('sha256', this.#key).update(said).digest().subarray(0, 16).toString('base64url');
    return `${letter}${id}.${mac}`;
  }
}

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function refused(why: string, about: Readonly<Record<string, unknown>> = {}): CoordError {
  return new CoordError('APPROVAL_REFUSED', `The sign-off was refused: ${why}`, about);
}
