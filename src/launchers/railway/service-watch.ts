/** Looks after all services of a host with one request at a time: their states, their logs, and those that are to be deleted. */
import type { ProcessEnd } from '../../contract/launcher.ts';
import type { RotatingFile } from '../rotating-file.ts';
import { endOf, isComing } from './deployment-end.ts';
import type { LogLine, RailwayCalls, RailwayDeployment } from './railway-calls.ts';
import { isFault } from './railway-fault.ts';
import type { RailwayPace } from './railway-options.ts';

interface Watched {
  readonly serviceId: string;
  readonly deploymentId: string;
  readonly log: RotatingFile;
  readonly resolve: (end: ProcessEnd) => void;
  isComing: boolean;
  isStopping: boolean;
  /** Of the newest line that was written, with all that has the same. */
  since: string | null;
  readonly written: Set<string>;
}

/** How often a service that may have been made by a request without an answer is looked for. */
const searches = 4;

export class ServiceWatch {
  readonly #calls: RailwayCalls;
  readonly #pace: Pick<RailwayPace, 'busy' | 'calm'>;
  readonly #onFault: (error: unknown) => void;
  readonly #watched = new Map<string, Watched>();
  /** Services that are to be deleted, and could not be yet. */
  readonly #doomed = new Set<string>();
  readonly #ending = new Set<string>();
  readonly #removing = new Map<string, Promise<void>>();
  /** Names of services that nobody knows the id of. */
  readonly #sought = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #isAway = false;

  constructor(
    calls: RailwayCalls,
    pace: Pick<RailwayPace, 'busy' | 'calm'>,
    onFault: (error: unknown) => void,
  ) {
    this.#calls = calls;
    this.#pace = pace;
    this.#onFault = onFault;
  }

  /** Services that are there, as far as this host knows. */
  get count(): number {
    return this.#watched.size + this.#doomed.size;
  }

  /** @returns resolves when the deployment has ended and its service is deleted, or will be */
  watch(serviceId: string, deploymentId: string, log: RotatingFile): Promise<ProcessEnd> {
    return new Promise((resolve) => {
      const state = { isComing: true, isStopping: false, since: null, written: new Set<string>() };
      this.#watched.set(serviceId, { serviceId, deploymentId, log, resolve, ...state });
      this.#ring();
    });
  }

  /** Asks it to end; `watch` tells when it has. */
  async stop(serviceId: string): Promise<void> {
    const watched = this.#watched.get(serviceId);
    if (!watched) return;
    watched.isStopping = true;
    try {
      await this.#calls.stop(watched.deploymentId);
    } catch (error) {
      if (!isFault(error, 'gone')) this.#onFault(error);
    }
    this.#ring();
  }

  /** Ends it at once. */
  async kill(serviceId: string): Promise<void> {
    const watched = this.#watched.get(serviceId);
    if (!watched) return;
    watched.isStopping = true;
    await this.#end(watched, { clean: false, reason: 'killed: its service was deleted' }, false);
  }

  /** Deletes it now, or as soon as Railway answers. */
  remove(serviceId: string): Promise<void> {
    const under = this.#removing.get(serviceId);
    if (under !== undefined) return under;
    const removing = this.#remove(serviceId).finally(() => this.#removing.delete(serviceId));
    this.#removing.set(serviceId, removing);
    return removing;
  }

  async #remove(serviceId: string): Promise<void> {
    this.#doomed.add(serviceId);
    try {
      await this.#calls.deleteService(serviceId);
      this.#doomed.delete(serviceId);
    } catch (error) {
      // Gone already is what is wanted.
      if (isFault(error, 'gone')) this.#doomed.delete(serviceId);
      else this.#onFault(error);
      this.#ring();
    }
  }

  /** A request to make it had no answer: should it turn up, it is deleted. */
  removeNamed(name: string): void {
    this.#sought.set(name, searches);
    this.#ring();
  }

  #ring(): void {
    if (this.#looking !== null) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#watched.size + this.#doomed.size + this.#sought.size === 0) return;
    const isBusy =
      this.#sought.size > 0 || [...this.#watched.values()].some((one) => one.isComing || one.isStopping);
    this.#timer = setTimeout(() => this.#lookAgain(), isBusy ? this.#pace.busy : this.#pace.calm);
    // A host that ends does not wait for it: what is left is found by its next start.
    this.#timer.unref();
  }

  #lookAgain(): void {
    this.#looking = this.#look()
      .then(() => {
        this.#isAway = false;
      })
      .catch((error: unknown) => {
        // Told once: the workers go on meanwhile, and their own line says how they are.
        if (!this.#isAway) this.#onFault(error);
        this.#isAway = true;
      })
      .finally(() => {
        this.#looking = null;
        this.#ring();
      });
  }

  async #look(): Promise<void> {
    // Those that are just ending are deleted behind their last words.
    for (const id of this.#doomed) if (!this.#ending.has(id)) await this.remove(id);
    await this.#seek();
    const watched = [...this.#watched.values()];
    if (watched.length === 0) return;
    const found = await this.#ask(watched);
    await Promise.all(watched.map((one) => this.#see(one, found.get(one.deploymentId))));
  }

  async #seek(): Promise<void> {
    if (this.#sought.size === 0) return;
    const { services } = await this.#calls.services();
    for (const [name, left] of [...this.#sought]) {
      const found = services.find((service) => service.name === name);
      if (found || left === 1) this.#sought.delete(name);
      else this.#sought.set(name, left - 1);
      if (found) await this.remove(found.id);
    }
  }

  /** One request for all; when one of them is gone there is no answer for any, and what is left is asked without logs. */
  async #ask(watched: readonly Watched[]): Promise<ReadonlyMap<string, RailwayDeployment>> {
    const { deployments, logs } = await this.#calls.look(watched).catch((error: unknown) => {
      if (isFault(error, 'gone')) return this.#calls.look([]);
      throw error;
    });
    await Promise.all(watched.map((one, n) => write(one, logs[n] ?? [])));
    return new Map(deployments.map((deployment) => [deployment.id, deployment]));
  }

  /** @param found undefined: it is not among the newest, and is asked for by itself */
  async #see(watched: Watched, found: RailwayDeployment | undefined): Promise<void> {
    let deployment = found;
    try {
      deployment ??= await this.#calls.deployment(watched.deploymentId);
    } catch (error) {
      if (!isFault(error, 'gone')) throw error;
      const reason = 'its service was deleted at Railway by somebody else';
      await this.#end(watched, { clean: false, reason }, false);
      return;
    }
    watched.isComing = isComing(deployment);
    const end = endOf(deployment, watched.isStopping);
    if (end) await this.#end(watched, end, deployment.status === 'FAILED');
  }

  async #end(watched: Watched, end: ProcessEnd, hasNoImage: boolean): Promise<void> {
    const { serviceId, deploymentId, log, since, resolve } = watched;
    if (!this.#watched.delete(serviceId)) return;
    // Its place is kept until it is known to be gone.
    this.#doomed.add(serviceId);
    this.#ending.add(serviceId);
    await this.#calls.logs(deploymentId, since).then(
      (lines) => write(watched, lines),
      () => undefined,
    );
    const build = hasNoImage ? await this.#calls.buildLogs(deploymentId).catch(() => []) : [];
    await write({ log, since: null, written: new Set() }, build);
    this.#ending.delete(serviceId);
    await this.remove(serviceId);
    await log.close();
    const last = build.at(-1)?.message.trim();
    resolve(last ? { ...end, reason: `${end.reason}: ${last.slice(0, 500)}` } : end);
  }
}

/** Each line once: Railway is asked from the last one on, and answers with it. */
async function write(
  watched: Pick<Watched, 'log' | 'since' | 'written'>,
  lines: readonly LogLine[],
): Promise<void> {
  const { log, written } = watched;
  for (const { timestamp, message } of [...lines].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1))) {
    if (watched.since !== null && timestamp < watched.since) continue;
    if (timestamp !== watched.since) written.clear();
    if (written.has(message)) continue;
    written.add(message);
    watched.since = timestamp;
    await log.write(Buffer.from(`${message}\n`));
  }
}
