/** One process of one channel: starts it with an empty environment, talks to it, and ends it. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOf, Handlers, ParamsOf } from '../contract/plugin/calls.ts';
import { hostCalls, pluginCalls } from '../contract/plugin/calls.ts';
import { pluginApiVersion } from '../contract/plugin/manifest.ts';
import { signalGroup } from '../process/process-group.ts';
import { LinePeer } from './line-peer.ts';
import type { IntakePace } from './paced-intake.ts';
import { defaultPace, pacedIntake } from './paced-intake.ts';
import { permissionFlags } from './plugin-permissions.ts';

export interface PluginProgram {
  /** The runtime, such as `process.execPath`. */
  readonly runtime: string;
  /** The module that runs plugins, in one file. */
  readonly module: string;
  /** What the runtime itself needs in the environment, such as `ELECTRON_RUN_AS_NODE=1`; a plugin finds nothing else there. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface PluginStart {
  readonly program: PluginProgram;
  /** Whole paths. */
  readonly pluginFolder: string;
  readonly module: string;
  readonly dataFolder: string;
  /** Folders among its settings. */
  readonly writes: readonly string[];
  readonly hosts: readonly string[];
  readonly terminal: HostTerminal | null;
  readonly handlers: Handlers<typeof hostCalls>;
  /** What it printed, line by line. */
  readonly onOutput: (line: string) => void;
  /** It says more than it may: its line is read more slowly. */
  readonly onSlowed: () => void;
  readonly limits?: Partial<ProcessLimits>;
}

export interface HostTerminal {
  /** Which of our files it is: 1, the standard output. */
  readonly fd: number;
  readonly isInteractive: boolean;
  readonly hasColor: boolean;
  readonly columns: number;
}

export interface ProcessLimits {
  /** How long each call may take, in ms; past that the process is killed. */
  readonly callMs: number;
  readonly startMs: number;
  readonly pace: IntakePace;
}

const defaultLimits: ProcessLimits = { callMs: 30_000, startMs: 20_000, pace: defaultPace };

/** Of a line that a plugin prints, in characters. */
const longestOutput = 2_000;
/** In bytes. */
const outputPerSecond = 256 * 1024;

export class PluginProcess {
  /** Resolves with why, when the process is gone. Never rejects. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #peer: LinePeer<typeof pluginCalls, typeof hostCalls>;
  readonly #limits: ProcessLimits;
  #killedBecause: string | null = null;
  #hasEnded = false;

  private constructor({ program, handlers, onOutput, onSlowed, limits, ...start }: PluginStart) {
    this.#limits = { ...defaultLimits, ...limits };
    const flags = permissionFlags({
      reads: [start.pluginFolder],
      files: [program.module],
      writes: [start.dataFolder, ...start.writes],
      net: start.hosts.length > 0,
    });
    const stdio = ['pipe', 'pipe', 'pipe', 'pipe', start.terminal?.fd ?? 'ignore'] as const;
    this.#child = spawn(program.runtime, [...flags, program.module], {
      cwd: start.dataFolder,
      env: { ...program.environment, ...onWindows() },
      stdio: [...stdio],
      detached: true,
      windowsHide: true,
    });
    this.ended = this.#watchEnd();
    this.#child.once('spawn', () => giveWay(this.#child.pid));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) void tellLines(stream, onOutput);
    }
    this.#peer = new LinePeer({
      input: this.#child.stdio[3] as Readable,
      output: this.#child.stdin as Writable,
      asks: pluginCalls,
      does: hostCalls,
      handlers,
      admit: pacedIntake(this.#limits.pace, onSlowed),
      onBroken: (reason) => this.kill(`it broke the rules of its line: ${reason}`),
    });
  }

  /** Resolves once the code of the plugin is loaded. @throws Error - why it is not; the process is gone then */
  static async start(start: PluginStart): Promise<PluginProcess> {
    const process = new PluginProcess(start);
    const { module, hosts, dataFolder: folder } = start;
    const terminal = start.terminal && terminalCall(start.terminal);
    try {
      const call = { module, apiVersion: pluginApiVersion, hosts: [...hosts], folder, terminal };
      await process.#within('initialize', call, process.#limits.startMs);
    } catch (error) {
      process.kill('it did not start');
      const why = await process.ended;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(process.#killedBecause === why ? reason : `${why}: ${reason}`);
    }
    return process;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws ChannelError - what the plugin threw; Error - it is gone, or took too long and was killed */
  call<Name extends keyof typeof pluginCalls>(
    name: Name,
    params: ParamsOf<typeof pluginCalls, Name>,
  ): Promise<AnswerOf<typeof pluginCalls, Name>> {
    return this.#within(name, params, this.#limits.callMs);
  }

  kill(reason: string): void {
    this.#killedBecause ??= reason;
    if (this.#child.pid !== undefined) signalGroup(this.#child.pid, 'SIGKILL');
  }

  /** Asks it to end, and kills it after the grace, in ms. Never rejects. */
  async stop(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.kill('it did not end when it was asked to'), graceMs);
    await this.#peer.call('shutdown', {}).catch(() => undefined);
    this.#child.stdin?.end();
    await this.ended;
    clearTimeout(timer);
  }

  async #within<Name extends keyof typeof pluginCalls>(
    name: Name,
    params: ParamsOf<typeof pluginCalls, Name>,
    limit: number,
  ): Promise<AnswerOf<typeof pluginCalls, Name>> {
    const timer = setTimeout(() => this.kill(`${name} took longer than ${limit / 1_000} s`), limit);
    try {
      return await this.#peer.call(name, params);
    } catch (error) {
      if (this.#killedBecause !== null) throw new Error(this.#killedBecause, { cause: error });
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #watchEnd(): Promise<string> {
    return new Promise((resolve) => {
      const end = (why: string) => {
        // Whatever it left behind goes with it.
        if (this.#child.pid !== undefined) signalGroup(this.#child.pid, 'SIGKILL');
        this.#peer?.end(why);
        this.#hasEnded = true;
        resolve(why);
      };
      this.#child.once('error', (error) => end(`its process could not be started: ${error.message}`));
      this.#child.once('exit', (code, signal) =>
        end(
          this.#killedBecause ??
            (signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`),
        ),
      );
    });
  }
}

function terminalCall({ isInteractive, hasColor, columns }: HostTerminal) {
  return { isInteractive, hasColor, columns };
}

/** Nobody at this machine waits for a channel. */
function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already.
  }
}

/** Without it nothing finds the libraries for the network there; it is no secret. */
function onWindows(): Record<string, string> {
  const root = process.platform === 'win32' ? process.env['SystemRoot'] : undefined;
  return root === undefined ? {} : { SystemRoot: root };
}

/** As fast as a person might want to read it: a plugin that prints more waits for us. */
async function tellLines(stream: Readable, tell: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of stream) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      // A line without an end is cut off, so that it takes no memory.
      rest = (lines.pop() ?? '').slice(0, longestOutput);
      for (const line of lines) tell(line.slice(0, longestOutput));
      await pause(((chunk as Buffer).length / outputPerSecond) * 1_000);
    }
  } catch {
    // The pipe broke with its process, whose end is told elsewhere.
  }
  if (rest !== '') tell(rest);
}
