/** One worker's process from its start to its end, told to the company as commands of the host. */
import type { LaunchedProcess, Launcher, LaunchRequest, ProcessEnd } from '../../contract/launcher.ts';
import type { CommandInput } from '../../core/command.ts';
import type { MemberId, WorkerId } from '../../core/ids.ts';
import type { RunnerChoice } from '../../core/org/org.ts';
import type { StartHold } from '../../core/worker/worker.ts';
import type { EndTurn } from './start-turns.ts';
import type { WorkerRequest } from './worker-requests.ts';

export interface WorkerStart {
  readonly workerId: WorkerId;
  readonly memberId: MemberId;
  readonly launcher: Launcher;
  readonly runner: RunnerChoice;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Null: nobody asked for it, the plan did. */
  readonly request: WorkerRequest | null;
}

export interface WorkerHost {
  readonly launcher: Launcher;
  /** Resolves when it may start. */
  readonly turn: () => Promise<EndTurn>;
  readonly execute: (command: CommandInput) => Promise<unknown>;
  readonly issueToken: (memberId: MemberId, handover: string) => string;
  readonly revokeToken: (token: string) => void;
  /** What a worker with that runner needs beside its token: one line. Never rejects. */
  readonly handover: (runner: RunnerChoice) => Promise<string>;
  /** @returns how often workers of the agent crashed by now, and when the next one is started */
  readonly noteCrash: () => StartHold;
  /** Lets the process be measured. @returns ends it */
  readonly watch: (measure: LaunchedProcess['measure']) => () => void;
}

export class SupervisedWorker {
  readonly workerId: WorkerId;
  readonly memberId: MemberId;
  readonly launcher: Launcher;
  /** Resolves once the company knows of its end. */
  readonly ended: Promise<void>;
  readonly #host: WorkerHost;
  #process: LaunchedProcess | null = null;
  #hasBegun = false;
  #endTurn: EndTurn = () => undefined;
  #token: string | null = null;
  /** How the host wants it to end; a process that is not there yet is told once it is. */
  #stop: { readonly graceMs: number; readonly crashedBecause: string | null } | null = null;

  constructor(start: WorkerStart, host: WorkerHost) {
    this.workerId = start.workerId;
    this.memberId = start.memberId;
    this.launcher = host.launcher;
    this.#host = host;
    this.ended = this.#live(start);
  }

  /** It waits for its turn to start: the company has not heard of it yet. */
  get isWaiting(): boolean {
    return !this.#hasBegun;
  }

  /** It has reported: the next one may start. */
  noteReady(): void {
    this.#endTurn();
  }

  /** Asks it to finish, and kills it after the grace, in ms. Resolves when it is gone. */
  async stop(graceMs: number): Promise<void> {
    if (this.#stop === null) {
      this.#stop = { graceMs, crashedBecause: null };
      await this.#process?.stop(graceMs);
    }
    await this.ended;
  }

  /** Ends it as crashed: it shows no life. Should it wake up before it is gone, nobody listens to it any more. */
  async kill(reason: string): Promise<void> {
    if (this.#token !== null) this.#host.revokeToken(this.#token);
    if (this.#stop?.crashedBecause != null) return;
    this.#stop = { graceMs: 0, crashedBecause: reason };
    await this.#process?.stop(0);
  }

  async #live(start: WorkerStart): Promise<void> {
    this.#endTurn = await this.#host.turn();
    try {
      // Nobody needs it any more.
      if (this.#stop) return;
      this.#hasBegun = true;
      await this.#work(start);
    } finally {
      this.#endTurn();
    }
  }

  async #work({ workerId, memberId, runner, environment, logFile }: WorkerStart): Promise<void> {
    const { launcher, execute, issueToken, revokeToken, handover } = this.#host;
    await execute({ type: 'worker.start', workerId, memberId, launcher: launcher.name, runner: runner.name });
    const needed = await handover(runner);
    const token = issueToken(memberId, needed);
    this.#token = token;
    const inHand = launcher.reach === 'network' ? '' : needed;
    const end = await this.#run({ workerId, environment, logFile, token, handover: inHand });
    revokeToken(token);
    const crashed = this.#stop === null ? !end.clean : this.#stop.crashedBecause !== null;
    const reason = crashed ? (this.#stop?.crashedBecause ?? end.reason) : stoppedWords(end);
    const how = crashed
      ? { outcome: 'crashed' as const, hold: this.#host.noteCrash() }
      : { outcome: 'stopped' as const };
    await execute({ type: 'worker.end', workerId, reason, ...how });
  }

  async #run(request: LaunchRequest): Promise<ProcessEnd> {
    try {
      this.#process = await this.#host.launcher.launch(request);
    } catch (error) {
      return { clean: false, reason: error instanceof Error ? error.message : String(error) };
    }
    const launched = this.#process;
    const unwatch = this.#host.watch(() => launched.measure());
    if (this.#stop) await launched.stop(this.#stop.graceMs);
    return launched.ended.finally(unwatch);
  }
}

function stoppedWords({ clean, reason }: ProcessEnd): string {
  return clean ? 'finished and stopped' : `stopped by the host: ${reason}`;
}
