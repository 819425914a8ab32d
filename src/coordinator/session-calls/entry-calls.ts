/** Who enters: a greeting with a token, what is handed over to a worker far away, and whom the owner acts for. */
import { actAsSchema } from '../../contract/act-as.ts';
import type { Coordination, Hello, HostWarning } from '../../contract/rpc.ts';
import { helloSchema, rpcVersion } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId, MemberId, Seq } from '../../core/ids.ts';
import { beginActing } from '../act-as.ts';
import { checkInput } from '../bad-input.ts';
import { Binding } from '../binding.ts';
import { mayMean } from '../find-company.ts';
import type { OpenCompany } from '../open-company.ts';
import type { Session } from '../sessions.ts';
import { randomId } from '../world.ts';
import type { Standing } from './standing.ts';

type EntryCalls = Pick<Coordination, 'hello' | 'takeHandover' | 'actAs'>;

export function entryCalls(standing: Standing): EntryCalls {
  const { host, ended } = standing;
  let isHandedOver = false;
  /** What the caller is, in its own words. */
  let client = '';
  return {
    /** Binds the connection; a second one binds it anew, such as to another company. */
    hello: async (call) => {
      const greeting = checkInput('hello', helloSchema, call);
      if (greeting.version !== rpcVersion) throw otherVersion(greeting.version);
      const session = host.sessions.resolve(greeting.token);
      if (host.admits?.(session.holder) === false) throw notAdmitted();
      const company = await companyFor(standing, session, greeting.company);
      standing.bind(company && (await bindingTo(company, session, ended)), session);
      client = greeting.client;
      return greetingTo(standing);
    },

    takeHandover: async () => {
      const { holder } = standing.requireSession();
      const away = 'away' in holder ? holder.away : undefined;
      if (!away || isHandedOver) throw nothingHandedOver();
      isHandedOver = true;
      return away.handover;
    },

    actAs: async (call) => {
      if (!standing.isOwner) {
        throw new CoordError(
          'FORBIDDEN',
          'Only the owner of this host may act for others: this token is a member’s',
        );
      }
      const { company } = await standing.requireBinding();
      const { actedBy, ...acting } = await beginActing(
        company,
        checkInput('actAs', actAsSchema, call),
        client,
      );
      const { memberId, sessionId, workerId } = acting;
      const worker = workerId === null ? {} : { workerId };
      const actor = { kind: 'member', memberId, sessionId, actedBy, ...worker } as const;
      const binding = new Binding({ company, actor, sessionId, ended });
      standing.bind(binding);
      if (workerId !== null) binding.own(workerId);
      return acting;
    },
  };
}

async function companyFor(
  { host: { companies } }: Standing,
  { holder }: Session,
  wanted: string | null,
): Promise<OpenCompany | null> {
  if ('owner' in holder) return companies.find(wanted);
  const own = companies.get(holder.companyId);
  if (!own) throw notOpen(holder.companyId);
  // Which others there are is nothing that a member of one is told.
  if (wanted === null || mayMean(wanted, await own.details())) return own;
  throw new CoordError('FORBIDDEN', `This token is for ${holder.companyId} only; it opens no other company`, {
    companyId: holder.companyId,
  });
}

/** The owner's token stands for the member who owns the company. */
export async function bindingTo(
  company: OpenCompany,
  { holder }: Session,
  ended: AbortSignal,
): Promise<Binding> {
  const sessionId = randomId('session');
  const isOwner = 'owner' in holder;
  const memberId: MemberId = isOwner ? (await company.details()).ownerId : holder.memberId;
  const worker = !isOwner && holder.workerId !== undefined ? { workerId: holder.workerId } : {};
  const actedBy = !isOwner && holder.actedBy !== undefined ? { actedBy: holder.actedBy } : {};
  const actor = { kind: 'member', memberId, sessionId, ...worker, ...actedBy } as const;
  return new Binding({ company, actor, sessionId, ended });
}

async function greetingTo(standing: Standing): Promise<Hello> {
  const warnings = await warningsFor(standing);
  if (!standing.binding) {
    return {
      company: null,
      memberId: null,
      sessionId: null,
      hostId: null,
      head: 0 as Seq,
      version: rpcVersion,
      warnings,
    };
  }
  const { company, actor, sessionId } = standing.binding;
  const { id, name } = await company.details();
  const head = await company.coordinator.read((state) => state.seq);
  const { memberId } = actor;
  const hostId = company.coordinator.host;
  return { company: { id, name }, memberId, sessionId, hostId, head, version: rpcVersion, warnings };
}

async function warningsFor(standing: Standing): Promise<readonly HostWarning[]> {
  const { holder } = standing.requireSession();
  const all = await standing.host.companies.warnings();
  return 'owner' in holder ? all : all.filter(({ company }) => company.id === holder.companyId);
}

function otherVersion(version: number): CoordError {
  return new CoordError(
    'BAD_INPUT',
    `hello was refused: the client speaks version ${version} of the protocol, this host ${rpcVersion}. ` +
      'Use the same AgentCoord on both sides',
    { version, known: rpcVersion },
  );
}

function notOpen(companyId: CompanyId): CoordError {
  return new CoordError('NOT_FOUND', `The company ${companyId} of this token is not open on this host`, {
    companyId,
  });
}

function notAdmitted(): CoordError {
  return new CoordError(
    'SESSION_INVALID',
    'The token was refused: only workers that this host started on another machine come in here',
  );
}

function nothingHandedOver(): CoordError {
  return new CoordError(
    'FORBIDDEN',
    'Nothing is handed over: only a worker on another machine asks for it, and once',
  );
}
