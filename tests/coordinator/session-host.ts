/** A host without doors: companies in a temporary folder, sessions, and the real templates. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import { Companies } from '../../src/coordinator/companies.ts';
import { connect } from '../../src/coordinator/connect.ts';
import type { CompanyOptions, OpenCompany } from '../../src/coordinator/open-company.ts';
import { Sessions } from '../../src/coordinator/sessions.ts';
import type { HostId } from '../../src/core/ids.ts';
import { openSqliteBoardStore } from '../../src/log/sqlite/board/sqlite-board-store.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { loadTemplates } from '../../src/template/builtin-templates.ts';
import { companyDraftReader } from '../../src/template/company-draft.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { smallCompany, TestWorld } from './kit.ts';

const templates = await loadTemplates(path.join(import.meta.dirname, '../../templates'));

export interface SessionHost {
  readonly folder: string;
  readonly companies: Companies;
  readonly sessions: Sessions;
  readonly world: TestWorld;
  readonly ownerToken: string;
  /** A connection that has not said hello yet. */
  connect(ended?: AbortSignal): Coordination;
  /** A session of the owner, bound to the company of that name. */
  owner(company?: string | null): Promise<Coordination>;
  /** A session of a member of a company. */
  member(company: OpenCompany, name: string): Promise<Coordination>;
}

export async function openSessionHost(
  inFolder?: string,
  workspace: NonNullable<CompanyOptions['workspace']> = {},
  host?: HostId,
  worktreesOf: string | null = null,
): Promise<SessionHost> {
  const folder = inFolder ?? (await temporaryFolder());
  const world = new TestWorld();
  const faults: unknown[] = [];
  const companies = await Companies.open({
    folder,
    openLog: openSqliteEventLog,
    openBoardStore: openSqliteBoardStore,
    readDraft: companyDraftReader(templates),
    world,
    workspace,
    ...(worktreesOf !== null && { worktreesOf }),
    ...(host !== undefined && { host }),
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(async () => {
    await companies.close();
    if (faults.length > 0) throw new AggregateError(faults, 'the host had faults of its own');
  });
  const sessions = new Sessions();
  const ownerToken = sessions.issue({ owner: true });
  const open = (ended?: AbortSignal) =>
    connect(
      {
        companies,
        sessions,
        templates: async () => ({
          companies: [...templates.companies.values()].map(({ raw }) => raw),
          workflows: [...templates.workflows.values()].map(({ raw }) => raw),
        }),
      },
      ended,
    );
  const greeted = async (token: string, company: string | null) => {
    const session = open();
    await session.hello({ version: rpcVersion, token, company, client: 'test' });
    return session;
  };
  return {
    folder,
    companies,
    sessions,
    world,
    ownerToken,
    connect: open,
    owner: (company = null) => greeted(ownerToken, company),
    member: async (company, name) => {
      const memberId = await company.coordinator.read(
        ({ index }) => [...index.membersByName.get(name)].at(0)?.id,
      );
      if (!memberId) throw new Error(`${name} is no member of ${company.id}`);
      return greeted(sessions.issue({ companyId: company.id, memberId }), null);
    },
  };
}

export const createSmall = ({ companies }: SessionHost, name: string): Promise<OpenCompany> =>
  companies.create({ file: smallCompany.file }, name);
