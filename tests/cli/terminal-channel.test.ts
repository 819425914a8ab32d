/** The channel `terminal` in the terminal of a real host: in colour, or without where NO_COLOR says so. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { program, runAgentcoord } from './run-agentcoord.ts';

const patience = { timeout: 60_000, interval: 20 };
const sgr = '\u001B';

/** `agentcoord serve` in a terminal of its own, which util-linux has a program for; it ends with the test. */
function serveInTerminal(dataDir: string, env: Readonly<Record<string, string>>) {
  const words = [process.execPath, program, 'serve', '--data-dir', dataDir, '--workers', '0', '--no-http'];
  const command = words.map((word) => `'${word}'`).join(' ');
  const child = spawn(
    'script',
    ['--quiet', '--flush', '--return', '--command', `exec ${command}`, '/dev/null'],
    {
      env: { PATH: process.env.PATH ?? '', HOME: dataDir, SHELL: '/bin/sh', TERM: 'xterm-256color', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const end = async () => {
    if (child.exitCode !== null) return;
    const exited = once(child, 'exit');
    // As a person does: Ctrl-C.
    child.stdin.write('\u0003');
    await exited;
  };
  onTestFinished(end);
  return { shown: () => shown, end };
}

it('is coloured where a person sees it, and not with NO_COLOR', async () => {
  const dataDir = join(await temporaryFolder(), 'data');
  const at = ['--data-dir', dataDir];
  await runAgentcoord(['init', '--template', 'startup', ...at]);
  const made = await runAgentcoord(['channels', 'set', 'tty', '--plugin', 'terminal', ...at]);
  expect(made).toMatchObject({ code: 0 });
  const printed = async (env: Readonly<Record<string, string>>, text: string) => {
    const host = serveInTerminal(dataDir, env);
    await expect.poll(host.shown, patience).toContain('Ctrl-C');
    const post = ['board', 'post', text, '--title', 'Fire', '--priority', 'urgent', '--channel', 'tty'];
    expect(await runAgentcoord([...post, ...at])).toMatchObject({ code: 0 });
    await expect.poll(host.shown, patience).toContain(text);
    await host.end();
    return host.shown();
  };
  const plain = await printed({ NO_COLOR: '1' }, 'In black and white.');
  expect(plain).toMatch(/STATUS URGENT Fire — \S+/);
  expect(plain).not.toContain(sgr);
  const coloured = await printed({}, 'In red.');
  expect(coloured).toContain(`${sgr}[41;97;1mURGENT${sgr}[0m`);
});
