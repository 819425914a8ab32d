/** Gives a test a screen: the machine's display, else an Xvfb of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface Display extends AsyncDisposable {
  /** The value of DISPLAY; undefined where windows need none (macOS, Windows, Wayland). */
  readonly name: string | undefined;
}

const screen = '1440x900x24';

/** Opens a display; dispose it after the programs that draw on it have ended. */
export async function openDisplay(): Promise<Display> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) {
    return { name: DISPLAY, [Symbol.asyncDispose]: async () => {} };
  }
  // Xvfb picks a free display by itself, so that test runs side by side never meet, and tells it on fd 3.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const exited = once(server, 'exit');
  const errors: string[] = [];
  server.stderr?.on('data', (chunk) => errors.push(String(chunk)));
  const number = await Promise.race([
    once(createInterface({ input: server.stdio[3] as Readable }), 'line').then(([line]) => String(line)),
    exited.then(() => undefined),
  ]);
  if (number === undefined) throw new Error(`Xvfb ended before it had a display:\n${errors.join('')}`);
  return {
    name: `:${number}`,
    async [Symbol.asyncDispose]() {
      server.kill();
      await exited;
    },
  };
}
