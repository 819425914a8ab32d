/** A host without doors for programs that act for members, which can be closed and opened again. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { CompanyFileInput } from '../../src/contract/templates.ts';
import { Companies } from '../../src/coordinator/companies.ts';
import { connect } from '../../src/coordinator/connect.ts';
import type { OpenCompany } from '../../src/coordinator/open-company.ts';
import { Sessions } from '../../src/coordinator/sessions.ts';
import type { CompanyEvent } from '../../src/core/event.ts';
import type { CompanyState } from '../../src/core/state.ts';
import { openSqliteBoardStore } from '../../src/log/sqlite/board/sqlite-board-store.ts';
import { openSqliteEventLog } from '../../src/log/sqlite/sqlite-event-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface SmallHost {
  readonly owner: Coordination;
  readonly ownerToken: string;
  /** A connection of the owner, or of whoever has the token; it ends with the signal. */
  connect(ended: AbortSignal, token?: string): Promise<Coordination>;
  /** A token of a member. */
  member(name: string): Promise<string>;
  /** Hears of each event as it is written, before anybody else is answered. */
  onEvent(listener: (event: CompanyEvent) => void): void;
  until(holds: (state: CompanyState) => boolean): Promise<void>;
  /** Closes it, without a word to who is connected, and opens it anew. */
  reopen(): Promise<SmallHost>;
}

const file: CompanyFileInput = {
  name: 'Acme',
  departments: [
    { name: 'product', teams: [{ name: 'product', members: [{ name: 'pia', role: 'pm' }] }] },
    {
      name: 'engineering',
      teams: [
        {
          name: 'core',
          members: [
            { name: 'bob', role: 'engineer' },
            { name: 'ann', role: 'engineer' },
            { name: 'emma', role: 'em' },
            { name: 'hera', role: 'em', kind: 'human' },
          ],
        },
      ],
    },
  ],
};

export async function openActingHost(): Promise<SmallHost> {
  return open(path.join(await temporaryFolder(), 'companies'), true);
}

async function open(folder: string, isNew: boolean): Promise<SmallHost> {
  const faults: unknown[] = [];
  const companies = await Companies.open({
    folder,
    openLog: openSqliteEventLog,
    openBoardStore: openSqliteBoardStore,
    readDraft: async () => ({ file, workflows: [] }),
    onFault: (fault) => faults.push(fault),
  });
  onTestFinished(async () => {
    await companies.close();
    if (faults.length > 0) throw new AggregateError(faults, 'the host had faults of its own');
  });
  if (isNew) await companies.create({ file }, null);
  const company = companies.all()[0];
  if (!company) throw new Error('the company did not open');
  const sessions = new Sessions();
  const ownerToken = sessions.issue({ owner: true });
  const parts = { companies, sessions, templates: async () => ({ companies: [], workflows: [] }) };
  const greeted = async (ended: AbortSignal | undefined, token: string) => {
    const session = connect(parts, ended);
    await session.hello({ version: rpcVersion, token, client: 'script' });
    return session;
  };
  return {
    owner: await greeted(undefined, ownerToken),
    ownerToken,
    connect: (ended, token = ownerToken) => greeted(ended, token),
    member: async (name) => {
      const memberId = await company.coordinator.read(
        ({ index }) => [...index.membersByName.get(name)].at(0)?.id,
      );
      if (!memberId) throw new Error(`${name} is no member`);
      return sessions.issue({ companyId: company.id, memberId });
    },
    onEvent: (listener) => {
      company.coordinator.onCommit((events) => {
        for (const { event } of events) listener(event);
      });
    },
    until: (holds) => until(company, holds),
    reopen: async () => {
      await companies.close();
      return open(folder, false);
    },
  };
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
