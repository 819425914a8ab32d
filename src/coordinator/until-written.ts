/** Tells a company what the host knows to be so, again and again until the log takes it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandInput } from '../core/command.ts';
import type { CompanyCoordinator } from './company-coordinator.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';

/** Between two tries, in ms. */
const betweenTries = 1_000;

/**
 * Never rejects. Once the host stops it is left to the next start.
 * @param command is asked for anew at each try
 */
export async function untilWritten(
  coordinator: CompanyCoordinator,
  onFault: OnFault,
  command: () => Promise<CommandInput>,
): Promise<void> {
  const { stopping } = coordinator;
  while (!stopping.aborted) {
    try {
      await coordinator.execute({ kind: 'host' }, await command());
      return;
    } catch (error) {
      refusalOf(error, onFault);
      await pause(betweenTries, undefined, { signal: stopping, ref: false }).catch(() => undefined);
    }
  }
}
