/** An agent that speaks the Agent Client Protocol, by the official SDK: does what its first argument says. */
import { spawn } from 'node:child_process';
import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import * as acp from '@agentclientprotocol/sdk';

const [, , act = 'edit', argument = ''] = process.argv;
const { methods } = acp;
let cancelled = false;

interface Turn {
  readonly client: acp.AgentContext;
  readonly sessionId: string;
  readonly cwd: string;
  readonly prompt: string;
}

const say = ({ client, sessionId }: Turn, text: string) =>
  client.notify(methods.client.session.update, {
    sessionId,
    update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } },
  });

const write = ({ client, sessionId, cwd }: Turn, file: string, content: string) =>
  client.request(methods.client.fs.writeTextFile, { sessionId, path: path.resolve(cwd, file), content });

const read = async ({ client, sessionId, cwd }: Turn, file: string) =>
  (await client.request(methods.client.fs.readTextFile, { sessionId, path: path.resolve(cwd, file) }))
    .content;

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function ask({ client, sessionId }: Turn, kind: acp.ToolKind): Promise<string> {
  const { outcome } = await client.request(methods.client.session.requestPermission, {
    sessionId,
    toolCall: { toolCallId: 'call_1', kind, title: 'npm publish', rawInput: { command: 'npm publish' } },
    options: [
      { optionId: 'yes', name: 'Yes', kind: 'allow_once' },
      { optionId: 'no', name: 'No', kind: 'reject_once' },
    ],
  });
  return outcome.outcome === 'selected' ? outcome.optionId : 'cancelled';
}

/** What an act gives back is said at the end of the turn, beside the reason why it ends. */
const acts: Readonly<Record<string, (turn: Turn) => Promise<unknown>>> = {
  /** Reads a file, and writes it anew. */
  edit: async (turn) => {
    const before = await read(turn, 'a.txt');
    await write(turn, 'src/b.txt', `${before.trim()} and more\n`);
    await turn.client.notify(methods.client.session.update, {
      sessionId: turn.sessionId,
      update: {
        sessionUpdate: 'usage_update',
        used: 1_200,
        size: 200_000,
        cost: { amount: 0.25, currency: 'USD' },
      },
    });
    await say(turn, 'I wrote src/b.txt.');
  },
  /** As Gemini CLI: says at the end of its turn, in a place of its own, what it used. */
  gemini: async (turn) => {
    await write(turn, 'who.txt', `gemini read ${(await read(turn, 'a.txt')).trim()}\n`);
    await say(turn, 'Gemini is done.');
    return { _meta: { quota: { token_count: { input_tokens: 900, output_tokens: 70 } } } };
  },
  /** As opencode: with its own hands, and says what it used as the draft of the protocol has it. */
  opencode: async (turn) => {
    writeFileSync(path.join(turn.cwd, 'who.txt'), 'opencode\n');
    await turn.client.notify(methods.client.session.update, {
      sessionId: turn.sessionId,
      update: {
        sessionUpdate: 'usage_update',
        used: 500,
        size: 2_000,
        cost: { amount: 0.5, currency: 'USD' },
      },
    });
    await say(turn, 'opencode is done.');
    return {
      usage: {
        inputTokens: 100,
        cachedReadTokens: 1_000,
        outputTokens: 40,
        thoughtTokens: 2,
        totalTokens: 1_142,
      },
    };
  },
  /** Its context grows, is compacted, and grows again; then it breaks. */
  fail: async ({ client, sessionId }) => {
    for (const [used, amount] of [
      [1_000, 0.1],
      [1_500, 0.2],
      [400, 0.3],
      [900, 0.4],
    ] as const) {
      await client.notify(methods.client.session.update, {
        sessionId,
        update: { sessionUpdate: 'usage_update', used, size: 2_000, cost: { amount, currency: 'USD' } },
      });
    }
    throw new Error('it broke');
  },
  /** With its own hands, as agents with tools of their own do. */
  own: async (turn) => {
    writeFileSync(path.join(turn.cwd, 'own.txt'), 'mine\n');
    await say(turn, `Told: ${turn.prompt}`);
  },
  publish: async (turn) => {
    await say(turn, `answer: ${await ask(turn, 'execute')}, reading: ${await ask(turn, 'read')}`);
  },
  /** Its argument is a folder outside that has a file `secret`. */
  escape: async (turn) => {
    const refusals: string[] = [];
    const way = path.join(turn.cwd, 'way');
    symlinkSync(argument, way);
    for (const file of [
      '../outside.txt',
      path.join(argument, 'secret'),
      '.git/config',
      '.GIT/hooks/x',
      'way/secret',
      'a\u0000b',
    ]) {
      const name = path.isAbsolute(file) ? 'absolute' : file;
      const refuse = (act: string) => (error: unknown) => refusals.push(`${act} ${name}: ${wordsOf(error)}`);
      await write(turn, file, 'x').catch(refuse('write'));
      await read(turn, file).catch(refuse('read'));
    }
    unlinkSync(way);
    await say(turn, JSON.stringify(refusals));
  },
  environment: async (turn) => say(turn, Object.keys(process.env).sort().join(' ')),
  /** Refuses its turn with the words that it was started with. */
  break: async () => {
    throw acp.RequestError.internalError(undefined, argument);
  },
  crash: async () => {
    process.stderr.write('something broke\n');
    process.exit(7);
  },
  wait: async () => {
    const child = spawn('sleep', ['300']);
    writeFileSync(argument, String(child.pid));
    while (!cancelled) await delay(20);
    await delay(60_000);
  },
  /** Neither lines nor an end. */
  flood: async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    for (;;)
      if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  },
  chatter: async (turn) => {
    for (let at = 0; at < 20_000; at += 1) {
      await turn.client.notify(methods.client.session.update, {
        sessionId: turn.sessionId,
        update: { sessionUpdate: 'tool_call', toolCallId: `call_${at}`, title: `step ${at}`, kind: 'read' },
      });
    }
    await say(turn, 'done');
  },
  refuse: async () => ({ usage: { inputTokens: 30, outputTokens: 3 } }),
};

const folders = new Map<string, string>();

acp
  .agent({ name: 'test-agent' })
  .onRequest(methods.agent.initialize, () => ({
    protocolVersion: acp.PROTOCOL_VERSION,
    agentCapabilities: {},
  }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    folders.set('session_1', params.cwd);
    return { sessionId: 'session_1' };
  })
  .onNotification(methods.agent.session.cancel, () => {
    cancelled = true;
  })
  .onRequest(methods.agent.session.prompt, async ({ params, client }) => {
    const [first] = params.prompt;
    const prompt = first?.type === 'text' ? first.text : '';
    const said = await acts[act]?.({
      client,
      sessionId: params.sessionId,
      cwd: folders.get(params.sessionId) ?? '',
      prompt,
    });
    return { stopReason: act === 'refuse' ? 'refusal' : 'end_turn', ...(said as object | undefined) };
  })
  .connect(
    acp.ndJsonStream(
      Writable.toWeb(process.stdout) as WritableStream<Uint8Array>,
      Readable.toWeb(process.stdin) as unknown as ReadableStream<Uint8Array>,
    ),
  );
