/** AgentCoord without a line in between: sessions of the coordinator, its log in SQLite with synchronous=FULL. */
import type { OpenLog } from '../../../src/coordinator/open-company.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import type { CallTimes } from '../agent-work.ts';
import { addTask, workOff } from '../agent-work.ts';
import { openBenchCompany } from '../bench-company.ts';
import { timed } from '../clock.ts';
import type { OpenStation, Place, Station } from '../contender.ts';
import { inTurns } from '../share.ts';

export const openInProcess: OpenStation = (workers, place) =>
  openInProcessOn(workers, place, openSqliteEventLog);

export async function openInProcessOn(
  workers: number,
  { folder }: Place,
  openLog: OpenLog,
): Promise<Station> {
  const company = await openBenchCompany(folder, workers, openLog);
  const owner = await company.session(company.ownerToken);
  const agents = await Promise.all(
    company.agents.map(async ({ token, workerId }) => ({ session: await company.session(token), workerId })),
  );
  return {
    run: async (tasks) => {
      const times: CallTimes = new Map();
      const addMs = await timed(() => inTurns(tasks, workers, () => addTask(owner, times)));
      const workMs = await timed(() =>
        Promise.all(agents.map(({ session, workerId }) => workOff(session, workerId, times))),
      );
      return { addMs, workMs, latencies: [...times.values()] };
    },
    close: () => company.close(),
  };
}
