/** How the state of a channel looks, and what it is called. */
import type { ChannelState, ChannelView } from '../../../contract/channels.ts';
import type { Status } from '../../design/status-dot.tsx';
import type { Tone } from '../../design/tag.tsx';
import { strings } from './strings.ts';

export const phases: Readonly<Record<ChannelState, { readonly dot: Status; readonly tone: Tone }>> = {
  installed: { dot: 'needs', tone: 'needs' },
  configured: { dot: 'idle', tone: 'plain' },
  starting: { dot: 'waiting', tone: 'waiting' },
  ready: { dot: 'alive', tone: 'alive' },
  degraded: { dot: 'waiting', tone: 'waiting' },
  failed: { dot: 'failure', tone: 'failure' },
  disabled: { dot: 'idle', tone: 'plain' },
};

/** One that was installed waits for consent, or for what only a person can give. */
export function stateName({ state, asksFor }: ChannelView): string {
  return state === 'installed' && asksFor === null ? strings.needsSettings : strings.states[state];
}
