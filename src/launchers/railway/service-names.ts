/** How services are called, so that a host finds its own again, whatever else is in the project. */
import { createHash } from 'node:crypto';
import type { WorkerId } from '../../core/ids.ts';

/** Railway makes a host name of it: short, in lower case. */
const mark = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

/** Of all services of the host, and of nobody else's. */
export const ownPrefix = (owner: string): string => `agentcoord-${mark(owner, 8)}-`;

export const serviceName = (owner: string, workerId: WorkerId): string =>
  `${ownPrefix(owner)}${mark(workerId, 12)}`;
