/** What a host says of itself to its owner: which program it is, on which machine, and where it keeps what it has. */
import type { EpochMs } from '../core/units.ts';

export interface HostFacts {
  /** Of AgentCoord. */
  readonly version: string;
  /** What kind of host it is, for people: `agentcoord serve`. */
  readonly name: string;
  /** Its name in the network. */
  readonly machine: string;
  /** `linux x64`. */
  readonly system: string;
  /** What it runs on: `Node 24.1.0`, `Electron 45.4.1`. */
  readonly runtime: string;
  readonly pid: number;
  readonly startedAt: EpochMs;
  /** Absolute. */
  readonly dataDir: string;
  /** Address of the UI for browsers, without a token; null: it serves none. */
  readonly url: string | null;
}
