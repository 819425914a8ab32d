/** The work itself: commands, queries, and the events that come of them. */
import { concernsHolders } from '../../contract/holder-events.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { wholeRunRunners } from '../../contract/runner.ts';
import type { Binding } from '../binding.ts';
import { answerQuery } from '../queries/answer-query.ts';
import type { Standing } from './standing.ts';
import { onRecord, refuseToReader } from './standing.ts';

/** What its worker reserves is a whole run, not a call. */
function isWholeRun({ company, actor: { workerId } }: Binding): Promise<boolean> {
  return company.coordinator.read(({ workers }) => {
    const worker = workerId && workers.get(workerId);
    return worker ? wholeRunRunners.includes(worker.runner) : false;
  });
}

type WorkCalls = Pick<Coordination, 'command' | 'query' | 'follow'>;

export function workCalls(standing: Standing): WorkCalls {
  const { host, ended, order } = standing;
  return {
    command: async (command) => {
      const name = String(command?.type);
      const binding =
        standing.current() ?? (await onRecord(standing.binding, name, standing.requireBinding()));
      if (standing.mayOnlyRead) await onRecord(binding, name, refuseToReader('give a command'));
      const { company, actor } = binding;
      const { calls } = host;
      if (command?.type === 'usage.reserve' && calls && !(await isWholeRun(binding))) {
        // Outside the order of arrival: the heartbeat behind it does not wait for its turn.
        const reserve = async () => {
          const still = await standing.requireBinding();
          return still.company.coordinator.execute(still.actor, command, order);
        };
        return calls.begin(company.coordinator, reserve, ended);
      }
      if (command?.type === 'worker.beat' && command.use) {
        const ack = await company.coordinator.execute(actor, command, order);
        // It was taken, so its figures are within their bounds.
        if (actor.workerId === command.workerId) company.vitals.report(actor.workerId, command.use);
        return ack;
      }
      if (command?.type !== 'lock.acquire') return company.coordinator.execute(actor, command, order);
      binding.endWithLine();
      try {
        return await company.coordinator.execute(actor, command, order);
      } finally {
        // The line went while it was decided: nobody is left to release it.
        if (ended.aborted || standing.binding !== binding) await company.endSession(binding.sessionId);
      }
    },

    query: async (name, params) => {
      const { company, actor } = await standing.requireBinding();
      const { memberId, workerId = null } = actor;
      return answerQuery({ company, memberId, workerId, ended }, name, params);
    },

    follow: async function* (after, signal, only) {
      const { company } = await standing.requireBinding();
      const { revoked } = standing.requireSession();
      const either = AbortSignal.any([signal, ended, revoked]);
      for await (const events of company.coordinator.follow(after, either, only && concernsHolders)) {
        // The token may have run out since the last ones.
        standing.requireSession();
        yield events;
      }
      if (revoked.aborted) standing.requireSession();
    },
  };
}
