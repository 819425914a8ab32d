/** The demo at a terminal: it is watched live, asks the person, and takes a no for an answer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const program = join(import.meta.dirname, '..', '..', 'bin', 'agentcoord.js');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agentcoord-terminal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `script` gives a program a terminal of its own; what the person types comes through its standard input. */
function openTerminal(command: string, columns: number, noColor = '') {
  const inTerminal = `stty cols ${columns} rows 24; ${command}`;
  const args =
    process.platform === 'linux'
      ? ['-qec', inTerminal, '/dev/null']
      : ['-q', '/dev/null', 'sh', '-c', inTerminal];
  const terminal = spawn('script', args, {
    // Node takes no terminal for one with colours where CI is set.
    env: { ...process.env, CI: undefined, TMPDIR: folder, TERM: 'xterm-256color', NO_COLOR: noColor },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  const waiting = new Set<() => void>();
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    for (const look of waiting) look();
  });
  return {
    raw: () => shown,
    text: () => stripVTControlCharacters(shown),
    type: (line: string) => terminal.stdin.write(`${line}\n`),
    /** Resolves once the words have been shown so many times. */
    shows: (words: string, times = 1) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (stripVTControlCharacters(shown).split(words).length <= times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    ended: once(terminal, 'close') as Promise<[number | null]>,
  };
}

const question = 'Approve (a) or request changes (r)?';

it('asks for the sign-off, sends the work back with the note, asks again, and ends', async () => {
  const terminal = openTerminal(`${process.execPath} ${program} demo --workflow launch`, 100);
  await terminal.shows(question);
  expect(terminal.text()).toContain('Your sign-off is needed.');
  expect(terminal.text()).toMatch(/SHA-256 [0-9a-f]{64}/);
  expect(terminal.text()).toContain('✓ pm');
  terminal.type('maybe');
  await terminal.shows(question, 2);
  terminal.type('r');
  await terminal.shows('What must change?');
  terminal.type('test it on Windows, too');
  await terminal.shows(question, 3);
  expect(terminal.text()).toContain('sent back 1×');
  terminal.type('a');
  expect(await terminal.ended).toEqual([0, null]);

  const signed = terminal.text().match(/^readiness_check.*owner \(human\)/gm);
  expect(signed).toHaveLength(1);
  const [demo] = await readdir(folder);
  const named = join(folder, demo ?? '', 'artifacts-by-step');
  expect(terminal.text()).toContain(named);
  const step = (await readdir(named)).find((name) => name.includes('regression-testing')) ?? '';
  const [file] = await readdir(join(named, step));
  expect(await readFile(join(named, step, file ?? ''), 'utf8')).toContain('test it on Windows, too');
});

it('draws in place and never wider than the terminal', async () => {
  const terminal = openTerminal(
    `${process.execPath} ${program} demo --workflow bug --title "${'long '.repeat(30)}"`,
    70,
  );
  expect(await terminal.ended).toEqual([0, null]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what moves the cursor up and clears below it
  const frames = terminal.raw().split(/\u001b\[\d+A\u001b\[0J/);
  expect(frames.length).toBeGreaterThan(10);
  const drawn = frames.slice(0, -1).flatMap((frame) => stripVTControlCharacters(frame).split(/\r?\n/));
  expect(Math.max(...drawn.map((line) => line.length))).toBeLessThan(70);
});

it.each([
  ['in colour at a terminal', '', true],
  ['without colour when NO_COLOR says so', '1', false],
])('speaks %s', async (_how, noColor, coloured) => {
  const terminal = openTerminal(`${process.execPath} ${program} lint --template startup`, 80, noColor);
  expect(await terminal.ended).toEqual([0, null]);
  expect(terminal.text()).toContain('startup: in order');
  expect(terminal.raw().includes('\u001b[')).toBe(coloured);
});
