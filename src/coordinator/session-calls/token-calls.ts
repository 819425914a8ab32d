/** Access tokens that are made out for members: listed, issued and withdrawn by the owner. */
import { createTokenSchema, revokeTokenSchema } from '../../contract/access-tokens.ts';
import type { Coordination } from '../../contract/rpc.ts';
import type { TokenDesk } from '../../contract/token-desk.ts';
import { CoordError } from '../../core/error.ts';
import { checkInput } from '../bad-input.ts';
import type { Standing } from './standing.ts';

type TokenCalls = Pick<Coordination, 'tokens' | 'createToken' | 'revokeToken'>;

export function tokenCalls(standing: Standing): TokenCalls {
  return {
    tokens: async () => {
      const desk = deskOf(standing, 'look at access tokens');
      const { company } = await standing.requireBinding();
      return desk.list(company.id);
    },

    createToken: async (call) => {
      const desk = deskOf(standing, 'make out access tokens');
      const { company, actor } = await standing.requireBinding();
      return desk.create(company.id, checkInput('createToken', createTokenSchema, call), actor.memberId);
    },

    revokeToken: async (call) => {
      const desk = deskOf(standing, 'withdraw access tokens');
      const { company, actor } = await standing.requireBinding();
      await desk.revoke(company.id, checkInput('revokeToken', revokeTokenSchema, call).id, actor.memberId);
      return null;
    },
  };
}

function deskOf(standing: Standing, what: string): TokenDesk {
  standing.requireOwner(what);
  if (standing.host.tokens) return standing.host.tokens;
  throw new CoordError('WRONG_STATE', 'This host keeps no access tokens');
}
