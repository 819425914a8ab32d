/** The contract suite of a channel: what every plugin must do, asked of its real process. `agentcoord plugin check` and our own tests run it. */
import { mkdir } from 'node:fs/promises';
import type { InboundMessage, MessageRef, OutboundMessage } from '../contract/plugin/messages.ts';
import { messageTypes, priorities } from '../contract/plugin/messages.ts';
import type { Settings } from '../contract/plugin/settings-schema.ts';
import { checkSettings } from '../contract/plugin/settings-schema.ts';
import { usualMessage } from '../contract/plugin/usual-message.ts';
import { lineSettings } from './line-settings.ts';
import { foldersOf, hostsOf } from './plugin-hosts.ts';
import type { PluginProgram, ProcessLimits } from './plugin-process.ts';
import { PluginProcess } from './plugin-process.ts';
import type { Plugin } from './read-plugin.ts';

export interface ContractOptions {
  readonly plugin: Plugin;
  readonly program: PluginProgram;
  /** With its secrets. The messages of the suite are really sent. */
  readonly settings: Settings;
  /** Of the channel; made if it is not there. */
  readonly dataFolder: string;
  readonly limits?: Partial<ProcessLimits>;
  /** What a channel with `terminal` writes to. Left out: our standard output. */
  readonly terminalFd?: number;
}

export interface ContractVerdict {
  readonly rule: string;
  /** Null: it is kept. */
  readonly broken: string | null;
}

interface Subject extends ContractOptions {
  readonly process: PluginProcess;
  readonly received: readonly InboundMessage[];
}

/** What a rule throws says how it is broken; null: it does not concern this plugin. */
type Rule = (subject: Subject) => Promise<unknown>;

const rules: Readonly<Record<string, Rule>> = {
  'takes settings that fit its schema': async ({ process, settings }) => {
    const { problems } = await process.call('validateConfig', { settings: lineSettings(settings) });
    if (problems.length > 0)
      throw new Error(problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
  },
  'opens with them': ({ process, settings }) =>
    process.call('configChanged', { settings: lineSettings(settings) }),
  'sends a message and says how it calls it': ({ process }) => send(process),
  'takes a message again that it may have sent already': async ({ process }) => {
    const message = usual({ key: 'company_check:again:check' });
    await process.call('send', { message });
    await process.call('send', { message });
  },
  'sends every type and every priority': async ({ process }) => {
    for (const type of messageTypes) await send(process, { type, text: `This is of type ${type}.` });
    for (const priority of priorities) await send(process, { priority, text: `This is ${priority}.` });
  },
  'sends what no keyboard has': ({ process }) =>
    send(process, {
      text: 'ünïcödé 🚀 \u202Eleft\u0000 \u001B[31mred\u001B[0m `code` *bold* <@here> @everyone\r\n\tend',
    }),
  'sends a text of 40,000 characters': ({ process }) => send(process, { text: 'word '.repeat(8_000) }),
  'sends an answer below what it answers': async ({ process, plugin }) => {
    if (!plugin.manifest.capabilities.includes('thread')) return null;
    const thread = await send(process, { text: 'A question.', type: 'QUESTION' });
    return await send(process, { text: 'Its answer.', thread });
  },
  'sends title and fields': async ({ process, plugin }) => {
    if (!plugin.manifest.capabilities.includes('rich')) return null;
    return await send(process, { title: 'A title', fields: [{ name: 'Cost', value: '$0.12' }] });
  },
  'sends buttons': async ({ process, plugin }) => {
    if (!plugin.manifest.capabilities.includes('actions')) return null;
    const actions = [
      { token: 'x'.repeat(90), label: 'Approve', style: 'primary', asksForNote: false },
      { token: 'y'.repeat(90), label: 'Request changes', style: 'danger', asksForNote: true },
    ] as const;
    return await send(process, { text: 'May it go on?', actions: [...actions] });
  },
  'changes what it has sent': async ({ process, plugin }) => {
    if (!plugin.manifest.capabilities.includes('edit')) return null;
    const ref = await send(process, { text: 'Before.' });
    const message = usual({ text: 'After.' });
    await process.call('edit', { ref, message });
    // The host may not know whether it arrived.
    return await process.call('edit', { ref, message });
  },
  'is well': async ({ process }) => {
    const { state, reason } = await process.call('health', {});
    if (state !== 'ready') throw new Error(reason);
  },
  'goes on with new settings': async ({ process, settings }) => {
    await process.call('configChanged', { settings: lineSettings(settings) });
    await send(process, { text: 'After new settings.' });
  },
  'ends when it is asked to': async ({ process }) => {
    await process.stop(5_000);
    const why = await process.ended;
    if (why !== 'it ended with exit code 0') throw new Error(why);
  },
};

export const contractRules: readonly string[] = ['starts', ...Object.keys(rules)];

/** Every rule in order; after one that ended the process the rest is not asked. */
export async function checkChannel(options: ContractOptions): Promise<readonly ContractVerdict[]> {
  const { settings, problems } = checkSettings(options.plugin.manifest.configSchema, options.settings);
  if (problems.length > 0) {
    const broken = problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
    return [{ rule: 'takes settings that fit its schema', broken }];
  }
  const received: InboundMessage[] = [];
  const started = await start({ ...options, settings }, received).catch((error: unknown) => reasonOf(error));
  if (typeof started === 'string') return [{ rule: 'starts', broken: started }];
  const verdicts: ContractVerdict[] = [{ rule: 'starts', broken: null }];
  try {
    for (const [rule, holds] of Object.entries(rules)) {
      const subject = { ...options, settings, process: started, received };
      const broken = await holds(subject).then(() => null, reasonOf);
      verdicts.push({ rule, broken });
      if (broken !== null && (rule === 'opens with them' || started.hasEnded)) break;
    }
  } finally {
    await started.stop(1_000);
  }
  return verdicts;
}

async function start(
  { plugin, program, dataFolder, settings, limits, terminalFd = 1 }: ContractOptions,
  received: InboundMessage[],
): Promise<PluginProcess> {
  await mkdir(dataFolder, { recursive: true });
  const { manifest, folder, module } = plugin;
  return await PluginProcess.start({
    program,
    pluginFolder: folder,
    module,
    dataFolder,
    writes: foldersOf(manifest, settings),
    hosts: hostsOf(manifest, settings),
    terminal: manifest.capabilities.includes('terminal')
      ? { fd: terminalFd, isInteractive: false, hasColor: false, columns: 80 }
      : null,
    handlers: {
      receive: async ({ message }) => {
        received.push(message);
        return { ok: true, text: 'It was taken.' };
      },
      report: async () => ({}),
      log: async () => ({}),
    },
    onOutput: () => undefined,
    onSlowed: () => undefined,
    ...(limits && { limits }),
  });
}

async function send(process: PluginProcess, fields: Partial<OutboundMessage> = {}): Promise<MessageRef> {
  return (await process.call('send', { message: usual(fields) })).ref;
}

let sent = 0;

function usual(fields: Partial<OutboundMessage>): OutboundMessage {
  sent += 1;
  const text = 'The contract suite of AgentCoord says hello.';
  return usualMessage({ key: `company_check:${sent}:check`, text, ...fields });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
