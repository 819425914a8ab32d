/** A real company for tests: its log in a SQLite file, a socket to connect to, and words for waiting and asking. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Coordination } from '../src/contract/rpc.ts';
import { rpcVersion } from '../src/contract/rpc.ts';
import type { CompanyFileInput, WorkflowFileInput } from '../src/contract/templates.ts';
import { Companies } from '../src/coordinator/companies.ts';
import { connect } from '../src/coordinator/connect.ts';
import type { CompanyOptions, OpenCompany } from '../src/coordinator/open-company.ts';
import { isOfWorkerAway, Sessions } from '../src/coordinator/sessions.ts';
import type { Member } from '../src/core/org/org.ts';
import type { CompanyState } from '../src/core/state.ts';
import { openSqliteBoardStore } from '../src/log/sqlite/board/sqlite-board-store.ts';
import { openSqliteEventLog } from '../src/log/sqlite/sqlite-event-log.ts';
import { listenOnSocket } from '../src/rpc/listen-socket.ts';
import type { Connect } from '../src/rpc/serve-connection.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface RealCompany {
  readonly company: OpenCompany;
  readonly sessions: Sessions;
  readonly ownerToken: string;
  readonly connect: Connect;
  /** As the door for workers on other machines has it. */
  readonly connectAway: Connect;
  /** The owner's session, without a line in between. */
  readonly owner: Coordination;
  /** Where workers connect to. */
  readonly socket: string;
  member(name: string): Promise<Member>;
  /** Resolves once it holds for the state. The test's time-out ends the wait. */
  until(holds: (state: CompanyState) => boolean): Promise<void>;
}

/** Two steps, each with a reviewer: `pm` writes, `engineer` builds. */
export const smallWorkflow: WorkflowFileInput = {
  name: 'small',
  steps: [
    {
      id: 1,
      title: 'Write PRD',
      role: 'pm',
      gates: [{ name: 'kickoff', position: 'after', requires: { em: 1 } }],
    },
    { id: 2, title: 'Implement feature', role: 'engineer', depends_on: [1] },
  ],
};

export function smallCompany(more: Partial<CompanyFileInput> = {}): CompanyFileInput {
  const team = (name: string, members: { name: string; role: string }[]) => ({
    name,
    teams: [{ name, members }],
  });
  return {
    name: 'Acme',
    departments: [
      team('product', [{ name: 'pia', role: 'pm' }]),
      team('engineering', [
        { name: 'emma', role: 'em' },
        { name: 'ann', role: 'engineer' },
      ]),
    ],
    workflows: [smallWorkflow],
    ...more,
  };
}

export async function openRealCompany(
  file: CompanyFileInput = smallCompany(),
  workspace: NonNullable<CompanyOptions['workspace']> = {},
  worktreesOf: string | null = null,
): Promise<RealCompany> {
  const folder = await temporaryFolder();
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const companies = await Companies.open({
    folder: path.join(folder, 'companies'),
    openLog: openSqliteEventLog,
    openBoardStore: openSqliteBoardStore,
    readDraft: async (source) => ({ file: 'file' in source ? source.file : smallCompany(), workflows: [] }),
    workspace,
    ...(worktreesOf !== null && { worktreesOf }),
    onFault,
  });
  onTestFinished(async () => {
    await companies.close();
    if (faults.length > 0) throw new AggregateError(faults, 'faults that nobody waited for');
  });
  const company = await companies.create({ file }, null);
  const sessions = new Sessions();
  const parts = {
    companies,
    sessions,
    templates: async () => ({ companies: [file], workflows: [smallWorkflow] }),
  };
  const ownerToken = sessions.issue({ owner: true });
  const owner = connect(parts);
  await owner.hello({ version: rpcVersion, token: ownerToken, client: 'test' });
  const socket = path.join(folder, 'host.sock');
  const listener = await listenOnSocket(socket, (ended) => connect(parts, ended), { onFault });
  onTestFinished(() => listener.close());
  return {
    company,
    sessions,
    ownerToken,
    connect: (ended) => connect(parts, ended),
    connectAway: (ended) => connect({ ...parts, admits: isOfWorkerAway }, ended),
    owner,
    socket,
    member: (name) => memberNamed(company, name),
    until: (holds) => until(company, holds),
  };
}

async function memberNamed({ coordinator }: OpenCompany, name: string): Promise<Member> {
  const member = await coordinator.read((state) => [...state.index.membersByName.get(name)][0]);
  if (!member) throw new Error(`the test's company has no ${name}`);
  return member;
}

function until({ coordinator }: OpenCompany, holds: (state: CompanyState) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => coordinator.read((state) => holds(state)).then((held) => held && finish(), reject);
    const unlisten = coordinator.onCommit(() => void look());
    function finish(): void {
      unlisten();
      resolve();
    }
    void look();
  });
}
