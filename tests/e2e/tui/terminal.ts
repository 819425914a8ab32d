/** A real terminal by tmux: keys go in, and what is on its screen comes out. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished } from 'vitest';

const run = promisify(execFile);
export const program = join(import.meta.dirname, '..', '..', '..', 'bin', 'agentcoord.js');

export interface Terminal {
  /** What is on the screen; lines end where their text does. */
  screen(): Promise<string>;
  /** With the colours, as escape sequences. */
  colours(): Promise<string>;
  /** Resolves with the screen once it shows this. @throws Error with the screen when it does not */
  shows(wanted: string | RegExp): Promise<string>;
  hides(unwanted: string): Promise<void>;
  /** Keys by tmux's names, or text. */
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
}

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What the program takes it for: `xterm` has 16 colours. */
  readonly term?: string;
}

const patienceMs = 100_000;
let terminals = 0;

/** Runs the program there. */
export function openTerminal(args: readonly string[], options: TerminalOptions): Promise<Terminal> {
  const command = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  return openCommand(command, options);
}

/** @param command for a shell */
export async function openCommand(
  command: string,
  { columns, rows, env = {}, term = 'xterm-256color' }: TerminalOptions,
): Promise<Terminal> {
  terminals += 1;
  const socket = `agentcoord-${process.pid}-${terminals}`;
  const tmux = async (...words: readonly string[]) => (await run('tmux', ['-L', socket, ...words])).stdout;
  const setting = Object.entries({ TERM: term, ...env }).flatMap(([name, value]) => [
    '-e',
    `${name}=${value}`,
  ]);
  const size = ['-x', String(columns), '-y', String(rows)];
  // What ends says so, and stays on the screen; a CI's variable would make ink think that nobody looks.
  const shell = `env -u CI -u TMUX -u COLORTERM -u NO_COLOR ${env['NO_COLOR'] ? 'NO_COLOR=1' : ''} TERM=${term} ${command}; echo "ended with $?"; sleep 600`;
  await tmux('-f', '/dev/null', 'new-session', '-d', ...size, ...setting, shell);
  onTestFinished(async () => {
    await tmux('kill-server').catch(() => undefined);
  });
  const screen = () => tmux('capture-pane', '-p');
  const until = async (isSo: (shown: string) => boolean, what: string) => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const shown = await screen();
      if (isSo(shown)) return shown;
      if (Date.now() > deadline) throw new Error(`The terminal never ${what}:\n${shown}`);
      await pause(60);
    }
  };
  return {
    screen,
    colours: () => tmux('capture-pane', '-p', '-e'),
    shows: (wanted) =>
      until(
        (shown) => (typeof wanted === 'string' ? shown.includes(wanted) : wanted.test(shown)),
        `showed ${String(wanted)}`,
      ),
    hides: async (unwanted) => {
      await until((shown) => !shown.includes(unwanted), `hid ${unwanted}`);
    },
    press: async (...keys) => {
      for (const key of keys) await tmux('send-keys', key);
    },
    type: async (text) => {
      await tmux('send-keys', '-l', text);
    },
    resize: async (width, height) => {
      await tmux('resize-window', '-x', String(width), '-y', String(height));
    },
  };
}

/** No line is wider than the terminal, and none was broken: the rule fills exactly one. */
export function expectWhole(screen: string, columns: number): void {
  const lines = screen.split('\n');
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
  expect(lines.filter((line) => line === '─'.repeat(columns))).toHaveLength(1);
}
