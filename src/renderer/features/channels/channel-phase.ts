/** How the state of a channel looks. */
import type { ChannelState } from '../../../contract/channels.ts';
import type { Status } from '../../design/status-dot.tsx';
import type { Tone } from '../../design/tag.tsx';

export const phases: Readonly<Record<ChannelState, { readonly dot: Status; readonly tone: Tone }>> = {
  installed: { dot: 'needs', tone: 'needs' },
  configured: { dot: 'idle', tone: 'plain' },
  starting: { dot: 'waiting', tone: 'waiting' },
  ready: { dot: 'alive', tone: 'alive' },
  degraded: { dot: 'waiting', tone: 'waiting' },
  failed: { dot: 'failure', tone: 'failure' },
  disabled: { dot: 'idle', tone: 'plain' },
};
