/** The access tokens of a host, kept by their SHA-256 in `access-tokens.json` of its data directory. */
import { join } from 'node:path';
import { z } from 'zod';
import type { CreateToken, IssuedToken, TokenView } from '../contract/access-tokens.ts';
import { tokenAccesses } from '../contract/access-tokens.ts';
import type { TokenDesk } from '../contract/token-desk.ts';
import { memberNamed } from '../coordinator/act-as.ts';
import type { Companies } from '../coordinator/companies.ts';
import type { OpenCompany } from '../coordinator/open-company.ts';
import type { Sessions } from '../coordinator/sessions.ts';
import { digestOf, randomToken } from '../coordinator/sessions.ts';
import { realWorld } from '../coordinator/world.ts';
import { CoordError } from '../core/error.ts';
import type { CompanyId, MemberId } from '../core/ids.ts';
import { companyIdSchema, memberIdSchema } from '../core/ids.ts';
import { suggestion } from '../core/nearest-name.ts';
import { addMs, epochMsSchema } from '../core/units.ts';
import type { PrivateDocument } from './private-document.ts';
import { privateDocument } from './private-document.ts';

/** By what a scanner for secrets, and a person, know one. */
const prefix = 'agentcoord_';
/** Of one company; each is compared with what a caller shows. */
const mostTokens = 200;

const keptTokenSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  companyId: companyIdSchema,
  memberId: memberIdSchema,
  access: z.enum(tokenAccesses),
  /** Who had it made out. */
  createdBy: memberIdSchema,
  createdAt: epochMsSchema,
  expiresAt: epochMsSchema.nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
type KeptToken = z.output<typeof keptTokenSchema>;

const documentSchema = z.strictObject({ tokens: z.array(keptTokenSchema) });

export interface AccessTokensOptions {
  readonly dataDir: string;
  readonly sessions: Sessions;
  readonly companies: Companies;
  readonly onFault: (error: unknown) => void;
}

export class AccessTokens implements TokenDesk {
  readonly #document: PrivateDocument<z.output<typeof documentSchema>>;
  readonly #sessions: Sessions;
  readonly #companies: Companies;
  readonly #withdraw = new Map<string, () => void>();
  #tokens: readonly KeptToken[] = [];
  /** One change after the other, each on what the one before it left. */
  #changing: Promise<unknown> = Promise.resolve();

  private constructor({ dataDir, sessions, companies }: AccessTokensOptions) {
    this.#document = privateDocument(dataDir, join(dataDir, 'access-tokens.json'), documentSchema);
    this.#sessions = sessions;
    this.#companies = companies;
  }

  /** @throws CoordError `DATA_DIR_UNUSABLE` - the file is not what we write */
  static async open(options: AccessTokensOptions): Promise<AccessTokens> {
    const desk = new AccessTokens(options);
    desk.#tokens = (await desk.#document.read())?.tokens ?? [];
    for (const token of desk.#tokens) desk.#admit(token);
    options.companies.onOpen((company) => desk.#watchMembers(company, options.onFault));
    return desk;
  }

  async list(companyId: CompanyId): Promise<readonly TokenView[]> {
    const { coordinator } = this.#company(companyId);
    const own = this.#tokens.filter((token) => token.companyId === companyId);
    const names = await coordinator.read(({ members }) =>
      own.map(({ memberId }) => members.get(memberId)?.name ?? memberId),
    );
    return own.map((token, i) => viewOf(token, names[i] ?? token.memberId)).reverse();
  }

  create(companyId: CompanyId, call: CreateToken, by: MemberId): Promise<IssuedToken> {
    return this.#change(async () => {
      const { coordinator } = this.#company(companyId);
      const member = await coordinator.read((state) => memberNamed(state, call.member));
      const others = this.#tokens.filter((token) => token.companyId === companyId);
      refuseToken(others, call.name);
      const now = realWorld.now();
      const secret = `${prefix}${randomToken()}`;
      const token: KeptToken = {
        id: `token_${randomToken().slice(0, 12).replaceAll(/[-_]/g, 'x')}`,
        ...{ name: call.name, companyId, memberId: member.id, access: call.access, createdBy: by },
        createdAt: now,
        expiresAt: call.lifetime === null ? null : addMs(now, call.lifetime),
        sha256: digestOf(secret).toString('hex'),
      };
      // On record first: whoever can use it must not be able to deny that it was made out.
      await this.#record(token, by, `An access token was made out for ${member.name}: ${wordsOf(token)}`);
      await this.#keep([...this.#tokens, token]);
      this.#admit(token);
      return { ...viewOf(token, member.name), token: secret };
    });
  }

  revoke(companyId: CompanyId, id: string, by: MemberId): Promise<void> {
    return this.#change(async () => {
      const own = this.#tokens.filter((token) => token.companyId === companyId);
      const token = own.find((each) => each.id === id) ?? own.find((each) => each.name === id);
      if (!token) throw noSuchToken(id, own);
      await this.#forget([token]);
      await this.#record(token, by, `An access token was withdrawn: ${wordsOf(token)}`);
    });
  }

  #company(companyId: CompanyId): OpenCompany {
    const company = this.#companies.get(companyId);
    if (company) return company;
    throw new CoordError('NOT_FOUND', `The company ${companyId} is not open on this host`, { companyId });
  }

  async #record(token: KeptToken, by: MemberId, context: string): Promise<void> {
    const reason = `Token “${token.name}” (${token.id}) of ${token.memberId}`;
    await this.#company(token.companyId).coordinator.execute(
      { kind: 'member', memberId: by },
      { type: 'decision.log', kind: 'access token', context, reason },
    );
  }

  #admit(token: KeptToken): void {
    const { id, companyId, memberId, access, createdBy, expiresAt } = token;
    const holder = {
      ...{ companyId, memberId, actedBy: createdBy },
      ...(access === 'read' && { access: 'read' as const }),
    };
    this.#withdraw.set(id, this.#sessions.admit(holder, Buffer.from(token.sha256, 'hex'), expiresAt));
  }

  /** Refused at once; then forgotten for good. */
  async #forget(gone: readonly KeptToken[]): Promise<void> {
    for (const { id } of gone) {
      this.#withdraw.get(id)?.();
      this.#withdraw.delete(id);
    }
    await this.#keep(this.#tokens.filter((token) => !gone.includes(token)));
  }

  async #keep(tokens: readonly KeptToken[]): Promise<void> {
    await this.#document.write({ tokens: [...tokens] });
    this.#tokens = tokens;
  }

  /** Whoever has left opens nothing any more. */
  #watchMembers({ id, coordinator }: OpenCompany, onFault: (error: unknown) => void): void {
    const forgetThose = async () => {
      const own = this.#tokens.filter(({ companyId }) => companyId === id);
      const gone = await coordinator.read(({ members }) =>
        own.filter(({ memberId }) => members.get(memberId) === undefined),
      );
      if (gone.length > 0) await this.#forget(gone);
    };
    const look = () => void this.#change(forgetThose).catch(onFault);
    if (this.#tokens.some(({ companyId }) => companyId === id)) look();
    coordinator.onCommit((events) => {
      if (events.some(({ event }) => event.type === 'member.removed')) look();
    });
  }

  #change<Result>(change: () => Promise<Result>): Promise<Result> {
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}

function viewOf(token: KeptToken, member: string): TokenView {
  const { id, name, memberId, access, createdAt, expiresAt } = token;
  const expired = expiresAt !== null && expiresAt <= realWorld.now();
  return { id, name, memberId, member, access, createdAt, expiresAt, expired };
}

function wordsOf({ access, expiresAt }: KeptToken): string {
  const may = access === 'read' ? 'it may look' : 'it may do what the member may';
  return `${may}, ${expiresAt === null ? 'until it is withdrawn' : `until ${new Date(expiresAt).toISOString()}`}`;
}

function refuseToken(others: readonly KeptToken[], name: string): void {
  if (others.some((token) => token.name === name)) {
    throw new CoordError(
      'NAME_TAKEN',
      `There is a token named “${name}” already. Take another name, or withdraw that one (“agentcoord tokens revoke”)`,
      { name },
    );
  }
  if (others.length < mostTokens) return;
  throw new CoordError(
    'TOO_LARGE',
    `The company has ${mostTokens} access tokens, and that is as many as it may have. Withdraw those that nobody uses (“agentcoord tokens list”)`,
    { limit: mostTokens },
  );
}

function noSuchToken(wanted: string, own: readonly KeptToken[]): CoordError {
  const names = own.map(({ name }) => name);
  const there = names.length === 0 ? 'there are none' : suggestion(wanted, names);
  return new CoordError('NOT_FOUND', `There is no access token “${wanted}”: ${there}`, { wanted });
}
