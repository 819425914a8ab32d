/** Lets an agent work by the Agent Client Protocol: one session, one prompt, its files and permissions through us. */
import { Readable, Writable } from 'node:stream';
import * as acp from '@agentclientprotocol/sdk';
import type { RunContext } from '../../contract/runner.ts';
import { CoordError } from '../../core/error.ts';
import { acpFiles } from './acp-files.ts';
import { permissions } from './acp-permissions.ts';
import type { AgentProcess } from './agent-process.ts';
import type { AgentTurn, OnUsage } from './agent-turn.ts';
import { maxText } from './agent-turn.ts';
import type { CliAgentOptions } from './cli-agent-options.ts';
import { usedInTurn } from './turn-usage.ts';

/** How long it may take to answer before its first prompt, in ms. */
const startWithin = 60_000;
/** The largest message that is taken, in bytes. */
const maxMessageBytes = 32 * 1024 * 1024;

export interface AcpRun {
  readonly context: RunContext;
  readonly options: CliAgentOptions;
  /** Where it runs. */
  readonly folder: string;
  readonly prompt: string;
  readonly onUsage: OnUsage;
}

/** @throws CoordError `RUNNER_FAILED` - it did not finish its turn */
export async function driveAcp(
  agent: AgentProcess,
  { context, options, folder, prompt, onUsage }: AcpRun,
): Promise<AgentTurn> {
  const { guarded, acts, brief } = context;
  const files = acpFiles(folder, { guarded, record: acts.record, title: brief.task.title });
  const answerPermission = permissions(context, options);
  const said = new LastMessage(context.log, options.model ?? options.agent, onUsage);
  const { methods } = acp;
  const client = acp
    .client({ name: 'agentcoord' })
    .onRequest(methods.client.session.requestPermission, ({ params }) => inWords(answerPermission(params)))
    .onRequest(methods.client.fs.readTextFile, async ({ params: { path, line, limit } }) => ({
      content: await inWords(files.read(path, line ?? null, limit ?? null)),
    }))
    .onRequest(methods.client.fs.writeTextFile, async ({ params: { path, content } }) => {
      await inWords(files.write(path, content));
      return {};
    });
  const stream = acp.ndJsonStream(
    Writable.toWeb(agent.stdin) as WritableStream<Uint8Array>,
    Readable.toWeb(agent.stdout) as unknown as ReadableStream<Uint8Array>,
    { maxMessageBytes },
  );
  return client.connectWith(stream, async (peer) => {
    const started = AbortSignal.timeout(startWithin);
    const starting = { cancellationSignal: started };
    const { protocolVersion } = await peer.request(
      methods.agent.initialize,
      {
        protocolVersion: acp.PROTOCOL_VERSION,
        clientCapabilities: { fs: { readTextFile: true, writeTextFile: true }, terminal: false },
        clientInfo: { name: 'agentcoord', version: '1' },
      },
      starting,
    );
    if (protocolVersion !== acp.PROTOCOL_VERSION) {
      throw new CoordError(
        'RUNNER_FAILED',
        `The agent speaks version ${protocolVersion} of the Agent Client Protocol, not ${acp.PROTOCOL_VERSION}`,
      );
    }
    const session = await peer.buildSession({ cwd: folder, mcpServers: [] }).start(starting);
    const { sessionId } = session;
    const cancel = () => void peer.notify(methods.agent.session.cancel, { sessionId }).catch(() => undefined);
    context.signal.addEventListener('abort', cancel, { once: true });
    try {
      const failed = session
        .prompt([{ type: 'text', text: prompt }])
        .then(() => new Promise<never>(() => undefined));
      for (;;) {
        // What it said comes in order, and before the end of its turn.
        const message = await Promise.race([session.nextUpdate(), failed]);
        if (message.kind === 'session_update') said.see(message.update);
        else {
          said.bookTurn(message.response);
          if (message.stopReason === 'end_turn') return said.turn();
          throw unfinished(message.stopReason);
        }
      }
    } finally {
      context.signal.removeEventListener('abort', cancel);
      session.dispose();
    }
  });
}

function unfinished(reason: string): CoordError {
  return new CoordError('RUNNER_FAILED', `The agent did not finish: ${reason.replaceAll('_', ' ')}`);
}

/** A refusal of ours reaches the agent in words, so that it can do something else. */
async function inWords<Value>(value: Promise<Value>): Promise<Value> {
  try {
    return await value;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new acp.RequestError(-32_603, words);
  }
}

/** What the agent says goes into the log in lines; its last message is kept. */
class LastMessage {
  readonly #log: (line: string) => void;
  #text = '';
  #logged = 0;
  readonly #model: string;
  readonly #onUsage: OnUsage;
  #dollars = 0;
  /** In its context at the last report, and added to it in all: what was compacted away was paid for. */
  #inContext = 0;
  #tokens = 0;

  constructor(log: (line: string) => void, model: string, onUsage: OnUsage) {
    this.#log = log;
    this.#model = model;
    this.#onUsage = onUsage;
  }

  see(update: acp.SessionUpdate): void {
    switch (update.sessionUpdate) {
      case 'agent_message_chunk':
        if (update.content.type === 'text') this.#text = (this.#text + update.content.text).slice(-maxText);
        return;
      case 'tool_call':
        this.#say(`  ${update.kind ?? 'tool'}: ${update.title}`);
        // What it said before it went on working is not its last word.
        this.#text = '';
        return;
      case 'usage_update':
        this.#book(update);
        return;
      default:
        return;
    }
  }

  turn(): AgentTurn {
    return { text: this.#text.trim() };
  }

  /**
   * `used` is what stands in its context now, not what it used: only what comes to it is counted, unless the agent says more at
   * the end of its turn. `cost` is that of the whole session.
   */
  #book({ used, cost }: acp.UsageUpdate): void {
    this.#tokens += Math.max(0, used - this.#inContext);
    this.#inContext = used;
    if (cost?.currency === 'USD') this.#dollars = Math.max(this.#dollars, cost.amount);
    this.#onUsage({ model: this.#model, tokensIn: this.#tokens, tokensOut: 0, dollars: this.#dollars });
  }

  /** Those that say at the end what they used in all say more than what came to their context. */
  bookTurn(response: acp.PromptResponse): void {
    const used = usedInTurn(response);
    if (used) this.#onUsage({ model: this.#model, ...used, dollars: this.#dollars });
  }

  /** An agent that floods fills no log. */
  #say(line: string): void {
    this.#logged += 1;
    if (this.#logged <= 2_000) this.#log(line.slice(0, 500));
    else if (this.#logged === 2_001) this.#log('  (it does more than 2000 things: the rest is left out)');
  }
}
