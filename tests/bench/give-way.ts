/** What the processes of workers do first, ours and others': a host starts its workers so, and so they are compared. */
import { constants, setPriority } from 'node:os';

export function giveWay(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
