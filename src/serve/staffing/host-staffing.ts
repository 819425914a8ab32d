/** Tells what this host can start workers with, and takes its limits. */
import type { Launcher } from '../../contract/launcher.ts';
import type { CodingAgent, LauncherView, Staffing, StaffingDesk } from '../../contract/staffing.ts';
import type { CallCap } from '../../coordinator/call-cap.ts';
import type { WorkerPlaces } from '../../coordinator/supervisor/worker-places.ts';
import { CoordError } from '../../core/error.ts';
import { launcherNames } from '../../core/worker/launcher-names.ts';
import { runnerNames } from '../../runners/registry.ts';
import type { LimitsDocument } from './host-limits.ts';

export interface StaffingParts {
  readonly places: WorkerPlaces;
  readonly calls: CallCap;
  /** The first one starts what names no other. */
  readonly launchers: readonly [Launcher, ...Launcher[]];
  /** Whether workers on other machines reach this host. */
  readonly isReached: () => boolean;
  readonly usualRunner: string;
  readonly document: LimitsDocument;
}

/** Whoever does not answer within it counts as away, in ms. */
const answersWithin = 3_000;

export class HostStaffing implements StaffingDesk {
  readonly #parts: StaffingParts;

  constructor(parts: StaffingParts) {
    this.#parts = parts;
  }

  async staffing(): Promise<Staffing> {
    const { places, calls, usualRunner } = this.#parts;
    return {
      workers: { atMost: places.atMost, live: places.taken },
      llmCalls: { atMost: calls.atMost, underWay: calls.underWay, waiting: calls.waiting },
      launchers: await Promise.all(launcherNames.map((name) => this.#launcher(name))),
      runners: runnerNames.map((name) => ({ name, isUsual: name === usualRunner })),
    };
  }

  async setLimits({ workers, llmCalls }: Parameters<StaffingDesk['setLimits']>[0]): Promise<Staffing> {
    const { places, calls, document } = this.#parts;
    if (places.atMost === 0 && workers !== undefined) throw startsNone();
    const kept = await document.read();
    await document.write({
      ...kept,
      ...(workers !== undefined && { workers }),
      ...(llmCalls !== undefined && { llmCalls }),
    });
    if (workers !== undefined) places.limit(workers);
    if (llmCalls !== undefined) calls.limit(llmCalls);
    return this.staffing();
  }

  async codingAgents(): Promise<readonly CodingAgent[]> {
    const { detectAgents } = await import('../../runners/cli-agent/detect-agents.ts');
    return detectAgents();
  }

  async #launcher(name: string): Promise<LauncherView> {
    const [usual] = this.#parts.launchers;
    const launcher = this.#parts.launchers.find((one) => one.name === name);
    return {
      name,
      isUsual: usual.name === name,
      because: await this.#trouble(launcher),
      atMost: launcher?.atMost ?? null,
    };
  }

  async #trouble(launcher: Launcher | undefined): Promise<string | null> {
    if (this.#parts.places.atMost === 0) return startsNone().message;
    if (!launcher) return railwayNotSetUp;
    if (launcher.reach === 'network' && !this.#parts.isReached()) return notReached;
    const late = new Promise<string>((resolve) => {
      setTimeout(() => resolve(`it did not answer within ${answersWithin / 1_000} s`), answersWithin).unref();
    });
    return Promise.race([launcher.trouble?.() ?? null, late]);
  }
}

/** Railway alone may be missing among the launchers of a host. */
const railwayNotSetUp =
  'it is not set up here: say where with “agentcoord railway set --project ID --environment ID --image NAME”';

const notReached =
  'its workers run on another machine and don’t reach this host: start it with --public-url wss://…, ' +
  'and with a certificate or a proxy for it (docs/workers.md)';

function startsNone(): CoordError {
  return new CoordError(
    'WRONG_STATE',
    'this host was started with --workers 0 and starts none: start it again without that',
  );
}
