/** How a plugin is, of all the channels that it carries: the one that is worst off says. Pure. */
import type { ChannelState, ChannelView } from '../../../contract/channels.ts';
import type { Status } from '../../design/status-dot.tsx';

const order: readonly ChannelState[] = [
  'failed',
  'degraded',
  'installed',
  'starting',
  'ready',
  'configured',
  'disabled',
];

export const statuses: Readonly<Record<ChannelState, Status>> = {
  failed: 'failure',
  degraded: 'waiting',
  installed: 'needs',
  starting: 'waiting',
  ready: 'alive',
  configured: 'idle',
  disabled: 'idle',
};

/** Null: it carries none, so nothing of it runs. */
export function worstState(channels: readonly Pick<ChannelView, 'state'>[]): ChannelState | null {
  return order.find((state) => channels.some((channel) => channel.state === state)) ?? null;
}
