/** How a member is doing, in one sign and one word. Pure. */

import type { Member } from '../../../core/org/org.ts';
import type { Status } from '../../design/status-dot.tsx';
import { formatMoney } from '../../lib/format.ts';
import type { MemberFigures } from './member-figures.ts';
import { strings } from './strings.ts';

export interface MemberStatus {
  readonly status: Status;
  readonly live: boolean;
  readonly label: string;
}

export function memberStatus(member: Member, figures: MemberFigures | null): MemberStatus {
  if (!figures) return { status: 'idle', live: false, label: strings.isNew };
  if (member.kind === 'human') {
    const isBusy = figures.leases > 0;
    return {
      status: isBusy ? 'alive' : 'idle',
      live: false,
      label: isBusy ? strings.states.working : strings.person,
    };
  }
  if (figures.hung) return { status: 'failure', live: false, label: strings.states.blocked };
  if (figures.paused) return { status: 'waiting', live: false, label: strings.paused };
  switch (figures.state) {
    case 'working':
      return { status: 'alive', live: true, label: strings.states.working };
    case 'available':
      return { status: 'alive', live: false, label: strings.states.available };
    case 'blocked':
      return { status: 'waiting', live: false, label: strings.states.blocked };
    case 'offline':
    case null:
      return { status: 'idle', live: false, label: strings.states.offline };
  }
}

export function spentText(figures: MemberFigures | null): string {
  return formatMoney(figures?.spent ?? 0);
}
