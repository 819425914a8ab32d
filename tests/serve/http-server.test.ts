/** The UI reaches browsers of this machine, and nothing else does. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpServer } from '../../src/serve/http-server.ts';
import { openHttpServer } from '../../src/serve/http-server.ts';

let folder: string;
let http: HttpServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agentcoord-http-'));
  const ui = join(folder, 'renderer');
  await mkdir(join(ui, 'assets'), { recursive: true });
  await writeFile(join(ui, 'index.html'), '<!doctype html><title>AgentCoord</title>');
  await writeFile(join(ui, 'assets', 'app-1a2b3c.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'not for browsers');
  http = await openHttpServer({ port: 0, staticDir: ui });
});

afterAll(async () => {
  await http.close();
  await rm(folder, { recursive: true });
});

describe('what it serves', () => {
  it('gives the document, which a browser must ask for again', async () => {
    const response = await fetch(`${http.origin}/`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('<title>AgentCoord');
  });

  it('gives the document for every page of the app', async () => {
    const page = `${http.origin}/gates/gate_7k2m9q4xw0`;
    const browser = { accept: 'text/html,application/xhtml+xml' };
    expect(await (await fetch(page, { headers: browser })).text()).toContain('<title>AgentCoord');
    expect((await fetch(page)).status).toBe(404);
  });

  it('lets a browser keep files whose name holds their hash', async () => {
    const response = await fetch(`${http.origin}/assets/app-1a2b3c.js`);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  it('sends nothing twice to who still has it', async () => {
    const etag = (await fetch(`${http.origin}/`)).headers.get('etag') ?? '';
    const again = await fetch(`${http.origin}/`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('answers HEAD with headers alone', async () => {
    const response = await fetch(`${http.origin}/`, { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('40');
    expect(await response.text()).toBe('');
  });
});

describe('what it refuses', () => {
  it.each([
    ['/missing.js'],
    ['/../secret.txt'],
    ['/..%2fsecret.txt'],
    ['/assets/../../secret.txt'],
    ['//etc/passwd.txt'],
  ])('has no file at %s', async (path) => {
    const { status, body } = await rawGet(path, new URL(http.origin).host);
    expect(status).toBe(404);
    expect(body).not.toContain('not for browsers');
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1:1'])(
    'does not answer under the name %s',
    async (host) => {
      expect((await rawGet('/', host)).status).toBe(421);
    },
  );

  it('takes no other method', async () => {
    const response = await fetch(`${http.origin}/`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('lets the page load nothing from elsewhere and be framed by nobody', async () => {
    const { headers } = await fetch(`${http.origin}/`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`default-src 'none'; script-src 'self';`);
    expect(policy).toContain(`connect-src 'self' ws://${new URL(http.origin).host}`);
    expect(policy).toContain(`frame-ancestors 'none'`);
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('opening it', () => {
  it('refuses a port that is taken, and says what to do', async () => {
    const port = Number(new URL(http.origin).port);
    await expect(openHttpServer({ port, staticDir: join(folder, 'renderer') })).rejects.toMatchObject({
      code: 'IN_USE',
      message: expect.stringContaining('--port'),
    });
  });

  it('finds a free port by itself when none was asked for', async () => {
    const both = await Promise.all(
      [0, 1].map(() => openHttpServer({ port: null, staticDir: join(folder, 'renderer') })),
    );
    expect(new Set(both.map(({ origin }) => origin)).size).toBe(2);
    await Promise.all(both.map((server) => server.close()));
  });

  it('refuses a folder without the UI', async () => {
    await expect(openHttpServer({ port: 0, staticDir: folder })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

/** `fetch` would tidy the path and choose the `Host` itself. */
function rawGet(path: string, host: string): Promise<{ status: number | undefined; body: string }> {
  const { hostname, port } = new URL(http.origin);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    })
      .on('error', reject)
      .end();
  });
}
