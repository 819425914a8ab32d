/** The channel `file`, in its real process: what it says has arrived is on the disk by then, as the system saw it. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { usualMessage } from '../../../src/contract/plugin/usual-message.ts';
import { PluginProcess } from '../../../src/plugin-host/plugin-process.ts';
import { readPlugin } from '../../../src/plugin-host/read-plugin.ts';
import { pluginProgram, pluginsFolder } from '../../../src/serve/installation.ts';
import { requireStrace } from '../../chaos/strace.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** A runtime that notes what the process asks the system for. It finds no environment, so nothing is looked for by name. */
async function tracedRuntime(trace: string): Promise<string> {
  const file = join(await temporaryFolder(), 'runtime');
  const calls = 'trace=write,writev,pwrite64,fsync,fdatasync';
  const words = ['/usr/bin/strace', '-f', '-y', '-s', '4096', '-o', trace, '-e', calls];
  await writeFile(
    file,
    `#!/bin/sh\nexec ${words.join(' ')} -- ${JSON.stringify(pluginProgram.runtime)} "$@"\n`,
  );
  await chmod(file, 0o755);
  return file;
}

/** Calls in the order in which they ended, such as `write(21</tmp/messages.jsonl>, …) = 7`. */
function endedCalls(trace: string): string[] {
  const begun = new Map<string, string>();
  return trace.split('\n').flatMap((line) => {
    const [, thread = '', call = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const [, first] = /^(.*) <unfinished \.\.\.>$/.exec(call) ?? [];
    if (first !== undefined) begun.set(thread, first);
    const [, rest] = /^<\.\.\. \w+ resumed>(.*)$/.exec(call) ?? [];
    if (rest !== undefined) return [`${begun.get(thread)}${rest}`];
    return first === undefined && / = \d+$/.test(call) ? [call] : [];
  });
}

it('has each line on the disk before it says that the message was sent', async () => {
  await requireStrace();
  const plugin = await readPlugin(join(pluginsFolder, 'file'));
  const [dataFolder, folder] = [await temporaryFolder(), await temporaryFolder()];
  const trace = join(folder, 'trace');
  const nobody = async () => ({});
  const channel = await PluginProcess.start({
    program: { ...pluginProgram, runtime: await tracedRuntime(trace) },
    ...{ pluginFolder: plugin.folder, module: plugin.module, dataFolder, writes: [], hosts: [] },
    handlers: { receive: async () => ({ ok: false, text: '' }), report: nobody, log: nobody },
    ...{ terminal: null, onOutput: () => undefined, onSlowed: () => undefined },
  });
  onTestFinished(() => channel.stop(1_000));
  await channel.call('configChanged', { settings: {} });
  const keys = ['company_1:7:log', 'company_1:8:log', 'company_1:9:log'];
  for (const key of keys) await channel.call('send', { message: usualMessage({ key, text: 'Hello' }) });
  await channel.stop(5_000);

  const calls = endedCalls(await readFile(trace, 'utf8'));
  const after = (from: number, is: (call: string) => boolean) =>
    calls.findIndex((call, n) => n > from && is(call));
  for (const key of keys) {
    const isOfFile = (call: string) => call.includes('/messages.jsonl>');
    const written = after(-1, (call) => /^(p?write)/.test(call) && isOfFile(call) && call.includes(key));
    const synced = after(written, (call) => /^f(data)?sync\(/.test(call) && isOfFile(call));
    // Its answer to the host, on the line that it says everything on.
    const answered = after(-1, (call) => /^writev?\(3</.test(call) && call.includes(key));
    expect(
      [written, synced, answered].every((n) => n >= 0),
      `${key}:\n${calls.join('\n')}`,
    ).toBe(true);
    expect(written).toBeLessThan(synced);
    expect(synced).toBeLessThan(answered);
  }
});
