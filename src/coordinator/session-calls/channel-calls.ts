/** The channels of a company on this host, its plugins, and whom an account out there stands for. */
import type { ChannelDesk } from '../../contract/channels.ts';
import {
  inspectPluginSchema,
  installPluginSchema,
  linkChannelSchema,
  namedChannelSchema,
  removePluginSchema,
  setChannelSchema,
  unlinkChannelSchema,
} from '../../contract/channels.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import { checkInput } from '../bad-input.ts';
import type { Binding } from '../binding.ts';
import type { Standing } from './standing.ts';
import { refuseToReader } from './standing.ts';

type ChannelCalls = Pick<
  Coordination,
  | 'plugins'
  | 'inspectPlugin'
  | 'installPlugin'
  | 'removePlugin'
  | 'channels'
  | 'setChannel'
  | 'removeChannel'
  | 'testChannel'
  | 'linkChannel'
  | 'unlinkChannel'
>;

export function channelCalls(standing: Standing): ChannelCalls {
  return {
    plugins: async () => ownersDesk(standing, 'look at its plugins').plugins(),

    inspectPlugin: async (call) => {
      const desk = ownersDesk(standing, 'look into plugins');
      return desk.inspectPlugin(checkInput('inspectPlugin', inspectPluginSchema, call));
    },

    installPlugin: async (call) => {
      const desk = ownersDesk(standing, 'install plugins');
      const { company, actor } = await standing.requireBinding();
      requireOwnIdentity(
        actor,
        'The plugin was refused: this session acts for another member, and what runs on a host is for its owner to say',
      );
      const wanted = checkInput('installPlugin', installPluginSchema, call);
      return desk.installPlugin(company.id, wanted, actor.memberId);
    },

    removePlugin: async (call) => {
      const desk = ownersDesk(standing, 'remove plugins');
      const { company, actor } = await standing.requireBinding();
      const { id } = checkInput('removePlugin', removePluginSchema, call);
      await desk.removePlugin(company.id, id, actor.memberId);
      return null;
    },

    channels: async () => {
      const { isOwner } = standing;
      const { company } = await standing.requireBinding();
      return deskOf(standing).list(company.id, isOwner);
    },

    setChannel: async (call) => {
      const desk = ownersDesk(standing, 'set up channels');
      const { company, actor } = await standing.requireBinding();
      return desk.set(company.id, checkInput('setChannel', setChannelSchema, call), actor.memberId);
    },

    removeChannel: async (call) => {
      const desk = ownersDesk(standing, 'remove channels');
      const { company, actor } = await standing.requireBinding();
      const { name } = checkInput('removeChannel', namedChannelSchema, call);
      await desk.remove(company.id, name, actor.memberId);
      return null;
    },

    testChannel: async (call) => {
      const desk = ownersDesk(standing, 'test channels');
      const { company } = await standing.requireBinding();
      await desk.test(company.id, checkInput('testChannel', namedChannelSchema, call).name);
      return null;
    },

    linkChannel: async (call) => {
      const { company, actor } = await standing.requireBinding();
      if (standing.mayOnlyRead) await refuseToReader('link a channel');
      const { name, memberId = actor.memberId } = checkInput('linkChannel', linkChannelSchema, call);
      requireOwnIdentity(
        actor,
        'The code was refused: this session acts for another member, and each person links their own account',
      );
      return deskOf(standing).newCode(company.id, name, memberId, actor.memberId);
    },

    unlinkChannel: async (call) => {
      const desk = ownersDesk(standing, 'take links away');
      const { company, actor } = await standing.requireBinding();
      const { name, person } = checkInput('unlinkChannel', unlinkChannelSchema, call);
      await desk.unlink(company.id, name, person, actor.memberId);
      return null;
    },
  };
}

function ownersDesk(standing: Standing, what: string): ChannelDesk {
  standing.requireOwner(what);
  return deskOf(standing);
}

/** @throws CoordError `WRONG_STATE` - this host carries none */
function deskOf(standing: Standing): ChannelDesk {
  standing.requireSession();
  if (standing.host.channels) return standing.host.channels;
  throw new CoordError('WRONG_STATE', 'This host carries no channels');
}

/** Whoever is linked signs by that, so nobody links themselves as another person; nor does one put programs onto a host. */
function requireOwnIdentity({ memberId, actedBy }: Binding['actor'], refusal: string): void {
  if (actedBy === undefined || actedBy === memberId) return;
  throw new CoordError('NOT_IN_PERSON', refusal, { memberId, actedBy });
}
