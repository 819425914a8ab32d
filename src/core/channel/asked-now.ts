/** What a notice that asked for a sign-off has to say now, so that nobody signs what is no longer asked. */
import type { CompanyEvent } from '../event.ts';
import type { GateId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { openedWords, refusedWords, signersIn } from './gate-words.ts';
import type { Notice } from './notice.ts';

export interface AskedNow {
  readonly notice: Notice;
  /** It will never have to say anything else. */
  readonly isLast: boolean;
}

/** @param isAskedAgain a newer notice asks for the same gate: whoever wants to sign does it there */
export function askedNow(state: CompanyState, asked: Notice, isAskedAgain = false): AskedNow {
  const { asks } = asked;
  if (asks === null) return { notice: asked, isLast: true };
  const silent = { ...asked, asks: null, kind: 'STATUS', priority: 'NORMAL' } as const;
  const gate = state.gates.get(asks.gateId);
  if (!gate) {
    const title = `No longer asked: ${asked.title}`;
    return { notice: { ...silent, title, text: 'It was decided long ago: see the app.' }, isLast: true };
  }
  if (isAskedAgain) {
    const title = `${gate.name} was asked again`;
    return { notice: { ...silent, title, text: 'Sign at the newer message.' }, isLast: true };
  }
  if (gate.artifactHash !== asks.artifactHash) {
    const title = `${gate.name}: this version is no longer asked`;
    const text = 'Something else was handed in since. Nobody signs this one.';
    return { notice: { ...silent, title, text }, isLast: true };
  }
  switch (gate.state) {
    case 'waiting': {
      const signed = gate.signOffs.length === 0 ? '' : `Signed so far: ${signersIn(state, gate)}.`;
      return { notice: { ...asked, text: [asked.text, signed].filter(Boolean).join('\n') }, isLast: false };
    }
    case 'open':
      return { notice: { ...silent, ...openedWords(state, gate) }, isLast: true };
    case 'rejected':
    case 'vetoed': {
      const isVeto = gate.state === 'vetoed';
      const words = refusedWords(state, gate, isVeto, gate.refusal ?? { by: null, note: '' });
      return { notice: { ...silent, ...words }, isLast: !isVeto };
    }
    case 'pending': {
      const title = `${gate.name} is not asked at the moment`;
      return {
        notice: { ...silent, title, text: 'What it is about is being worked on again.' },
        isLast: false,
      };
    }
    case 'cancelled':
      return {
        notice: { ...silent, title: `${gate.name} is no longer asked`, text: 'It was set aside.' },
        isLast: true,
      };
  }
}

/** The gate whose earlier notices have to say something else after this; null: none. */
export function gateTouchedBy(event: CompanyEvent): GateId | null {
  switch (event.type) {
    case 'gate.asked':
    case 'gate.signed':
    case 'gate.sign_off_voided':
    case 'gate.opened':
    case 'gate.rejected':
    case 'gate.vetoed':
    case 'gate.arbitrated':
    case 'gate.escalated':
    case 'gate.withdrawn':
    case 'gate.cancelled':
      return event.gateId;
    default:
      return null;
  }
}
