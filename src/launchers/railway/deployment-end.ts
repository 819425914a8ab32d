/** What the state of a deployment at Railway means for its worker. */
import type { ProcessEnd } from '../../contract/launcher.ts';
import type { RailwayDeployment } from './railway-calls.ts';

/** Still on its way, so that one looks more often. */
export function isComing({ status }: Pick<RailwayDeployment, 'status'>): boolean {
  return ['INITIALIZING', 'QUEUED', 'WAITING', 'BUILDING', 'DEPLOYING'].includes(status);
}

/** Null: it has not ended. @param isStopping we asked it to */
export function endOf(
  { status, deploymentStopped }: RailwayDeployment,
  isStopping: boolean,
): ProcessEnd | null {
  switch (status) {
    case 'SUCCESS':
    case 'SLEEPING':
      return deploymentStopped ? { clean: true, reason: 'exit code 0' } : null;
    case 'CRASHED':
      return { clean: false, reason: 'it crashed at Railway' };
    case 'FAILED':
      return { clean: false, reason: 'Railway could not start it' };
    case 'SKIPPED':
      return { clean: false, reason: 'Railway skipped its deployment' };
    case 'NEEDS_APPROVAL':
      return { clean: false, reason: 'Railway waits for somebody to approve its deployment there' };
    case 'REMOVED':
    case 'REMOVING':
      return isStopping
        ? { clean: true, reason: 'stopped at Railway' }
        : { clean: false, reason: 'somebody removed its deployment at Railway' };
    default:
      return null;
  }
}
