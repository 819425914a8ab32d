/** Writes plugins that misbehave, and starts each in a process of its own as a host does. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InboundMessage } from '../../src/contract/plugin/messages.ts';
import type { ProcessLimits } from '../../src/plugin-host/plugin-process.ts';
import { PluginProcess } from '../../src/plugin-host/plugin-process.ts';
import { pluginProgram } from '../../src/serve/installation.ts';

export interface StartedPlugin {
  readonly process: PluginProcess;
  readonly output: string[];
  readonly received: InboundMessage[];
  readonly slowed: () => number;
  readonly dataFolder: string;
}

/** @param code the body of `open(settings, host)`: gives back a channel */
export async function startPlugin(
  folder: string,
  code: string,
  options: { readonly hosts?: readonly string[]; readonly limits?: Partial<ProcessLimits> } = {},
): Promise<StartedPlugin> {
  const pluginFolder = join(folder, 'plugin');
  const dataFolder = join(folder, 'data');
  await mkdir(pluginFolder, { recursive: true });
  await mkdir(dataFolder, { recursive: true });
  await writeFile(join(pluginFolder, 'package.json'), '{"type":"module"}');
  const module = join(pluginFolder, 'index.js');
  await writeFile(
    module,
    `import { definePlugin, ChannelError } from 'agentcoord/plugin';\nexport default definePlugin({ async open(settings, host) {\n${code}\n} });\n`,
  );
  const output: string[] = [];
  const received: InboundMessage[] = [];
  let slowed = 0;
  const process = await PluginProcess.start({
    program: pluginProgram,
    pluginFolder,
    module,
    dataFolder,
    writes: [],
    hosts: options.hosts ?? [],
    terminal: null,
    handlers: {
      receive: async ({ message }) => {
        received.push(message);
        return { ok: true, text: '' };
      },
      report: async () => ({}),
      log: async ({ text }) => {
        output.push(text);
        return {};
      },
    },
    onOutput: (line) => output.push(line),
    onSlowed: () => {
      slowed += 1;
    },
    ...(options.limits && { limits: options.limits }),
  });
  return { process, output, received, slowed: () => slowed, dataFolder };
}

/** A channel whose `send` gives back what the code says, as text in the log and as the id of the message. */
export const answering = (code: string): string => `return { async send(message) { ${code} } };`;
