/** What starts workers on the host's machine, and how much of it is used: that concerns its owner alone. */
import type { Coordination } from '../../contract/rpc.ts';
import type { StaffingDesk } from '../../contract/staffing.ts';
import { setLimitsSchema } from '../../contract/staffing.ts';
import { CoordError } from '../../core/error.ts';
import { checkInput } from '../bad-input.ts';
import type { Standing } from './standing.ts';

type StaffingCalls = Pick<Coordination, 'staffing' | 'setLimits' | 'codingAgents'>;

export function staffingCalls(standing: Standing): StaffingCalls {
  return {
    staffing: async () => deskOf(standing, 'look at what starts its workers').staffing(),

    setLimits: async (call) => {
      const desk = deskOf(standing, 'set its limits');
      return desk.setLimits(checkInput('setLimits', setLimitsSchema, call));
    },

    codingAgents: async () => deskOf(standing, 'look which coding agents it has').codingAgents(),
  };
}

function deskOf(standing: Standing, what: string): StaffingDesk {
  standing.requireOwner(what);
  if (standing.host.staffing) return standing.host.staffing;
  throw new CoordError('WRONG_STATE', 'This host starts no workers: use `agentcoord serve` or the app');
}
