/** The self-test: what AgentCoord promises, tried in a temporary folder with a host that really is killed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompany } from '../../client/index.ts';
import { verifyCompanies } from '../verify-companies.ts';
import type { CheckResult } from './check.ts';
import { expectThat, runCheck } from './check.ts';
import type { ChildHost } from './child-host.ts';
import { startChildHost } from './child-host.ts';
import { checkClaims } from './claims.ts';
import { checkFencing, checkLocks } from './locks.ts';
import { checkRecovery } from './recovery.ts';

export interface SelftestSize {
  readonly workers: number;
  readonly tasks: number;
  readonly kills: number;
}

const lockRounds = 5;

/** @param report is told of each check as it is done */
export async function runSelftest(
  { workers, tasks, kills }: SelftestSize,
  report: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'agentcoord-selftest-'));
  const results: CheckResult[] = [];
  const check = async (name: string, run: () => Promise<string>) => {
    const result = await runCheck(name, run);
    results.push(result);
    report(result);
  };
  let host: ChildHost | null = null;
  try {
    host = await startChildHost(dataDir);
    await createCompany({ dataDir, from: { file: companyOf(workers) } });
    await check('claims', () => checkClaims(dataDir, workers, tasks));
    await check('locks', () => checkLocks(dataDir, workers, lockRounds));
    await check('fencing', () => checkFencing(dataDir));
    const killed = host;
    host = null;
    await check('recovery', async () => {
      const recovered = await checkRecovery(dataDir, killed, kills);
      host = recovered.host;
      return recovered.found;
    });
    await check('chain', () => checkChain(dataDir));
    return results;
  } finally {
    await (host as ChildHost | null)?.end('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function checkChain(dataDir: string): Promise<string> {
  const [company] = await verifyCompanies(dataDir, null, []);
  expectThat(company?.ok === true, company?.fault?.why ?? 'there is no log');
  return `${company?.events} events, all as they were written`;
}

const companyOf = (agents: number) => ({
  name: 'Self-test',
  departments: [
    {
      name: 'engineering',
      teams: [
        {
          name: 'team',
          members: Array.from({ length: agents }, (_, i) => ({ name: `agent_${i + 1}`, role: 'engineer' })),
        },
      ],
    },
  ],
});
