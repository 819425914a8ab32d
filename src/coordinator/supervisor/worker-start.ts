/** How a worker of a member is to be started: by which launcher, with which runner, and what its process is told. Draws its id. */
import { join } from 'node:path';
import type { MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { DurationMs } from '../../core/units.ts';
import { randomId } from '../world.ts';
import type { HostAddresses } from './launcher-named.ts';
import { launcherNamed, reachable } from './launcher-named.ts';
import type { WorkerStart } from './supervised-worker.ts';
import type { SupervisorPorts } from './supervisor-ports.ts';
import type { WorkerRequest } from './worker-requests.ts';

export interface StartOptions {
  readonly ports: HostAddresses & Pick<SupervisorPorts, 'companyId' | 'launchers' | 'logFolder' | 'runner'>;
  readonly grace: DurationMs;
  /** Of somebody who asked for this worker; null: it is needed. */
  readonly request: WorkerRequest | null;
}

export function workerStart(
  state: CompanyState,
  memberId: MemberId,
  { ports, grace, request }: StartOptions,
): WorkerStart {
  const { companyId, launchers, logFolder } = ports;
  const workerId = randomId('worker');
  const member = state.members.get(memberId);
  const wanted = request?.launcher ?? member?.launcher ?? null;
  const { launcher, environment: address } = reachable(launcherNamed(launchers, wanted), ports);
  const usual = member?.runner ?? ports.runner;
  const runner =
    request?.runner == null || request.runner === usual.name ? usual : { name: request.runner, options: {} };
  const environment = {
    ...address,
    AGENTCOORD_COMPANY: companyId,
    AGENTCOORD_WORKER: workerId,
    AGENTCOORD_RUNNER: JSON.stringify(runner),
    AGENTCOORD_GRACE_MS: String(grace),
  };
  const logFile = join(logFolder, `${workerId}.log`);
  return { workerId, memberId, launcher, runner, environment, logFile, request };
}
