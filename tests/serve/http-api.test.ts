/** The contract over HTTP: whoever has a token does what its member may, as the OpenAPI document says, and nobody else anything. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TokenAccess } from '../../src/contract/access-tokens.ts';
import type { DurationMs } from '../../src/core/units.ts';
import type { ApiHost } from './api-host.ts';
import { callAt, openApiHost, rawCall } from './api-host.ts';

let api: ApiHost;
beforeAll(async () => {
  api = await openApiHost();
});
afterAll(() => api.close());

let made = 0;
async function tokenFor(member: string, access: TokenAccess = 'act', lifetime: number | null = null) {
  made += 1;
  return api.owner.createToken({ member, access, name: `token ${made}`, lifetime });
}

describe('tokens', () => {
  it('let a program do what their member may', async () => {
    const { token } = await tokenFor('owner');
    const created = await api.call(token, 'POST', '/commands/task.create', {
      title: 'Sweep',
      roleId: 'engineer',
    });
    expect(created).toMatchObject({ status: 200, body: { events: [{ event: { type: 'task.created' } }] } });

    const ann = await tokenFor('ann');
    const refused = await api.call(ann.token, 'POST', '/commands/task.create', { title: 'Not hers to give' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    const claimed = await api.call(ann.token, 'POST', '/commands/task.claim');
    const [{ seq, event }] = claimed.body.events;
    expect(event).toMatchObject({ type: 'task.claimed', memberId: ann.memberId });
    const base64 = Buffer.from('swept').toString('base64');
    const artifact = await api.call(ann.token, 'POST', '/artifacts', { path: 'floor.txt', base64 });
    const held = { taskId: event.taskId, token: seq, artifacts: [artifact.body] };
    expect(await api.call(ann.token, 'POST', '/commands/task.complete', held)).toMatchObject({ status: 200 });
    const { body } = await api.call(ann.token, 'GET', `/queries/task?taskId=${event.taskId}`);
    expect(body.task.state).toBe('done');
  });

  it('that may only read change nothing, and the try is on record', async () => {
    const { token, memberId } = await tokenFor('owner', 'read');
    expect(await api.call(token, 'GET', '/queries/status')).toMatchObject({ status: 200 });
    const tries: [string, string, object][] = [
      ['POST', '/commands/task.create', { title: 'x' }],
      ['POST', '/artifacts', { path: 'a', base64: 'YQ==' }],
      ['PUT', '/file', { path: 'a', base64: 'YQ==', token: 1 }],
      ['PUT', '/files', { files: [{ path: 'a', base64: 'YQ==', token: 1 }] }],
      ['POST', '/trees/open', { taskId: 'task_x', token: 1 }],
      ['POST', '/trees/commit', { taskId: 'task_x', token: 1 }],
      ['POST', '/channels/link', { name: 'chat' }],
    ];
    for (const [method, path, body] of tries) {
      const { status, body: problem } = await api.call(token, method, path, body);
      expect({ path, status, code: problem.code }).toEqual({ path, status: 403, code: 'FORBIDDEN' });
    }
    const audit = await api.owner.query('audit', { types: ['command.refused'], limit: 50 });
    const refused = audit.entries.map(({ event }) =>
      event.type === 'command.refused' ? event.command : null,
    );
    expect(refused).toEqual(expect.arrayContaining(['task.create', 'putArtifact', 'writeFile']));
    expect(audit.entries.some(({ actor }) => actor?.id === memberId)).toBe(true);
  });

  it('give no right that only the owner of the host has', async () => {
    const { token } = await tokenFor('owner');
    const owners: [string, string, object?][] = [
      ['POST', '/tokens', { member: 'ann', access: 'act', name: 'more' }],
      ['GET', '/tokens'],
      ['PUT', '/channels', { name: 'chat', plugin: 'files' }],
      ['POST', '/move', { to: 'here' }],
    ];
    for (const [method, path, body] of owners)
      expect({ path, status: (await api.call(token, method, path, body)).status }).toEqual({
        path,
        status: 403,
      });
    expect(await callAt(`${api.origin}/api/v1/plugins`, { token })).toMatchObject({ status: 403 });
  });

  it('of a person other than the owner do not sign for them', async () => {
    const { memberId } = await tokenFor('owner');
    const { body: org } = await api.call(api.host.token, 'GET', '/queries/members');
    const { teamId } = org.find((each: { member: { name: string } }) => each.member.name === 'emma').member;
    const hired = await api.call(api.host.token, 'POST', '/commands/member.add', {
      ...{ member: { name: 'Eve', kind: 'human', role: 'em' }, teamId },
    });
    expect(hired.status).toBe(200);
    const eve = await tokenFor('Eve');
    const asked = await api.call(api.host.token, 'POST', '/commands/approval.request', {
      ...{ title: 'Lamps', context: 'It is dark.', roles: { em: 1 } },
    });
    const gate = asked.body.events.find(
      ({ event }: { event: { type: string } }) => event.type === 'gate.asked',
    ).event;
    const sign = { gateId: gate.gateId, decision: 'approve', artifactHash: gate.artifactHash };
    expect(await api.call(eve.token, 'POST', '/commands/gate.sign', sign)).toMatchObject({
      status: 403,
      body: { code: 'NOT_IN_PERSON', details: { actedBy: memberId } },
    });
  });

  it('are kept as a hash alone, for the owner alone, and survive a restart', async () => {
    const { token, id } = await tokenFor('ann', 'read');
    const file = join(api.dataDir, 'access-tokens.json');
    const text = await readFile(file, 'utf8');
    expect(text).toContain(id);
    expect(text).not.toContain(token.slice('agentcoord_'.length));
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(JSON.stringify(await api.owner.tokens())).not.toContain(token.slice('agentcoord_'.length));
    expect(JSON.stringify(await api.owner.query('audit', { limit: 200 }))).not.toContain(
      token.slice('agentcoord_'.length),
    );

    api = await api.restart();
    expect(await api.call(token, 'GET', '/queries/status')).toMatchObject({ status: 200 });
  });

  it('are on record when they are made out and withdrawn', async () => {
    const { id, name } = await tokenFor('ann', 'read');
    await api.owner.revokeToken({ id });
    const { entries } = await api.owner.query('audit', { types: ['decision.logged'], limit: 200 });
    const words = entries.flatMap(({ event }) =>
      event.type === 'decision.logged' && event.reason.includes(`“${name}”`) ? [event.context] : [],
    );
    expect(words).toEqual([
      expect.stringMatching(/withdrawn/),
      expect.stringMatching(/made out for ann: it may look, until it is withdrawn/),
    ]);
  });

  it('open nothing any more once they are withdrawn, on sessions that were open too', async () => {
    const { token, id } = await tokenFor('ann');
    expect(await api.call(token, 'GET', '/queries/status')).toMatchObject({ status: 200 });
    await api.owner.revokeToken({ id });
    expect(await api.call(token, 'GET', '/queries/status')).toMatchObject({
      status: 401,
      body: { code: 'SESSION_INVALID' },
    });
    await expect(api.owner.revokeToken({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('run out', async () => {
    const { token, expiresAt } = await tokenFor('ann', 'act', 1_000);
    expect(await api.call(token, 'GET', '/queries/status')).toMatchObject({ status: 200 });
    for (;;) {
      const { status } = await api.call(token, 'GET', '/queries/status');
      if (status === 401) break;
      expect(status).toBe(200);
    }
    expect(Date.now()).toBeGreaterThanOrEqual((expiresAt ?? 0) - 50);
    expect((await api.owner.tokens()).find((each) => each.expiresAt === expiresAt)).toMatchObject({
      expired: true,
    });
  });

  it('end with their member', async () => {
    const { body: org } = await api.call(api.host.token, 'GET', '/queries/members');
    const { teamId } = org.find((each: { member: { name: string } }) => each.member.name === 'ann').member;
    await api.call(api.host.token, 'POST', '/commands/member.add', {
      ...{ member: { name: 'Zoe', role: 'engineer' }, teamId },
    });
    const { token, memberId, id } = await tokenFor('Zoe');
    expect(await api.call(token, 'GET', '/queries/status')).toMatchObject({ status: 200 });
    const left = await api.call(api.host.token, 'POST', '/commands/member.remove', { memberId });
    expect(left.status).toBe(200);
    // Asked over the network, so that the host has its turn between two looks.
    while ((await api.call(token, 'GET', '/queries/status')).status === 200);
    await vi.waitFor(async () => {
      expect((await api.owner.tokens()).some((each) => each.id === id)).toBe(false);
    });
    expect(await api.call(token, 'GET', '/queries/status')).toMatchObject({ status: 401 });
  });

  it.each([
    ['a member that there is not', { member: 'nobody' }, 'NOT_FOUND'],
    ['a name that is taken', { name: 'token 1' }, 'NAME_TAKEN'],
    ['a life of no time at all', { lifetime: 0 as DurationMs }, 'BAD_INPUT'],
  ])('are not made out for %s', async (_what, wrong, code) => {
    const call = { member: 'ann', access: 'read' as const, name: 'never', ...wrong };
    await expect(api.owner.createToken(call)).rejects.toMatchObject({ code });
  });

  it('of one company open no other', async () => {
    const { token } = await tokenFor('ann');
    await api.owner.createCompany({ from: { template: 'startup' }, name: 'Other' });
    const other = `${api.origin}/api/v1/companies/Other/queries/status`;
    expect(await callAt(other, { token })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(await callAt(other, { token: api.host.token })).toMatchObject({ status: 200 });
    const { body } = await callAt(`${api.origin}/api/v1/companies`, { token });
    expect(body.map(({ name }: { name: string }) => name)).toEqual(['Acme']);
  });
});

describe('a session', () => {
  it('lasts from request to request, so that a lock is there for the write', async () => {
    const { token } = await tokenFor('ann');
    const locked = await api.call(token, 'POST', '/commands/lock.acquire', {
      scope: 'src/**',
      intent: 'edit',
    });
    const write = { path: 'src/a.ts', base64: 'YQ==', token: locked.body.events[0].seq };
    expect(await api.call(token, 'PUT', '/file', write)).toMatchObject({ status: 200 });
    expect(await api.call(token, 'GET', '/file?path=src/a.ts')).toMatchObject({ body: { base64: 'YQ==' } });
    const other = await tokenFor('ann');
    expect(await api.call(other.token, 'PUT', '/file', write)).toMatchObject({ status: 409 });
  });
});

describe('a refusal', () => {
  it('says what, where, why and what to do, with its code', async () => {
    const { status, type, body } = await api.call(api.host.token, 'POST', '/commands/task.create', {
      ...{ title: '', priority: 'SOON' },
    });
    expect({ status, type }).toEqual({ status: 400, type: 'application/problem+json; charset=utf-8' });
    expect(body).toMatchObject({
      ...{ type: 'urn:agentcoord:error:BAD_INPUT', status: 400, code: 'BAD_INPUT' },
      detail: expect.stringContaining('the title is empty'),
      where: ['title', 'priority'],
      why: expect.stringMatching(/.{20}/),
      whatToDo: expect.stringMatching(/.{20}/),
    });
  });

  it('of a path that there is not says which was meant', async () => {
    const { status, body } = await api.call(api.host.token, 'GET', '/queries/taks');
    expect(status).toBe(404);
    expect(body.detail).toContain('/api/v1/companies/Acme/queries/taks: did you mean `tasks`? /openapi.json');
    const elsewhere = await api.call(api.host.token, 'GET', '/querys/tasks');
    expect(elsewhere.body.detail).toContain('did you mean `/queries/tasks`?');
  });

  it('of a company’s name that is only begun finds nothing, and a token is told of no company but its own', async () => {
    const at = (company: string, token: string) =>
      callAt(`${api.origin}/api/v1/companies/${company}/queries/status`, { token });
    const begun = await at('Acm', api.host.token);
    expect(begun).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(begun.body.detail).toContain('its whole id or name');
    const { token } = await tokenFor('owner', 'read');
    const other = await at('Nobody', token);
    expect(other).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(JSON.stringify(other.body)).not.toContain('Acme');
  });

  it('below /api is one, and never the page of the app', async () => {
    for (const path of ['/api', '/api/v2/companies', '/api/companies']) {
      const { status, body } = await callAt(`${api.origin}${path}`, { token: api.host.token });
      expect({ path, status }).toEqual({ path, status: 404 });
      expect(body.detail).toContain('the API begins at /api/v1');
    }
  });

  it('of an address that is none is one for programs, and the page for a browser alone', async () => {
    const { status, type, body } = await callAt(`${api.origin}/healthz`);
    expect({ status, type }).toEqual({ status: 404, type: 'application/problem+json; charset=utf-8' });
    expect(body).toMatchObject({ code: 'NOT_FOUND', detail: expect.stringContaining('`/health`?') });
    expect((await callAt(`${api.origin}/tasks`)).body.detail).toContain(
      'nothing at /tasks: the API begins at',
    );
    const page = await callAt(`${api.origin}/tasks`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    const bare = await callAt(`${api.origin}/api/v1`, { token: api.host.token });
    expect(bare.body.detail).toContain(
      'nothing at /api/v1: ask for what is below it, such as /api/v1/companies.',
    );
  });

  it('of a word that there is not says which was meant', async () => {
    const body = { titel: 'Sweep' };
    const created = await api.call(api.host.token, 'POST', '/commands/task.create', body);
    expect(created.body.detail).toContain('there is no `titel` here: did you mean `title`?');
    const asked = await api.call(api.host.token, 'GET', '/queries/tasks?limt=3');
    expect(asked.body.detail).toContain('there is no `limt` here: did you mean `limit`?');
    const strange = await api.call(api.host.token, 'GET', '/queries/tasks?colour=red');
    expect(strange.body.detail).toMatch(/there is no `colour` here$/);
  });

  it('of a body that is no JSON says where it stops to be', async () => {
    const called = await api.call(api.host.token, 'POST', '/commands/task.create', '{title:"x"}');
    expect(called).toMatchObject({ status: 400, body: { code: 'BAD_INPUT' } });
    expect(called.body.detail).toContain('position 1');
  });

  it('of another method says which there are', async () => {
    const { status, headers } = await rawCall(api.origin, {
      path: '/api/v1/companies/Acme/queries/status',
      method: 'DELETE',
      headers: { host: new URL(api.origin).host, authorization: `Bearer ${api.host.token}` },
    });
    expect({ status, allow: headers['allow'] }).toEqual({ status: 405, allow: 'GET' });
  });
});

describe('from whom it does not take it', () => {
  const status = '/api/v1/companies/Acme/queries/status';

  it.each([
    ['nothing', {}],
    ['a token of nobody', { authorization: 'Bearer agentcoord_nothing' }],
    ['another scheme', { authorization: 'Basic b3duZXI6b3duZXI=' }],
    ['an endless token', { authorization: `Bearer ${'x'.repeat(300)}` }],
  ])('refuses whoever shows %s', async (_what, headers) => {
    const answer = await fetch(`${api.origin}${status}`, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(await answer.json()).toMatchObject({ code: 'SESSION_INVALID' });
  });

  it('says nothing about what there is to whoever has no token', async () => {
    for (const path of ['/api/v1/companies/Acme/queries/taks', '/api/v1/companies/Nope/queries/status'])
      expect(await callAt(`${api.origin}${path}`)).toMatchObject({ status: 401 });
  });

  it('does not answer under another name, nor to the page of another site', async () => {
    const authorization = `Bearer ${api.host.token}`;
    const host = new URL(api.origin).host;
    expect(
      await rawCall(api.origin, { path: status, headers: { host: 'evil.example', authorization } }),
    ).toMatchObject({ status: 421 });
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1']) {
      const answer = await rawCall(api.origin, { path: status, headers: { host, origin, authorization } });
      expect({ origin, status: answer.status }).toEqual({ origin, status: 403 });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(
      await rawCall(api.origin, { path: status, headers: { host, origin: api.origin, authorization } }),
    ).toMatchObject({ status: 200 });
  });

  it.each([
    ['is no JSON', '{"title":', 400],
    ['is no object', '["a task"]', 400],
    ['reaches for a prototype', '{"title":"x","__proto__":{"roleId":"ceo"}}', 400],
    ['does so with escapes', '{"title":"x","\\u005f_proto__":{}}', 400],
    ['is nested too deeply', `{"title":${'['.repeat(100)}${']'.repeat(100)}}`, 400],
    ['is too long', JSON.stringify({ title: 'x'.repeat(1_100_000) }), 413],
    ['says its type twice', '{"title":"x","type":"company.stop"}', 200],
  ])('judges a body that %s', async (_what, body, expected) => {
    const answer = await api.call(api.host.token, 'POST', '/commands/task.create', body);
    expect(answer.status).toBe(expected);
    if (expected === 200) expect(answer.body.events[0].event.type).toBe('task.created');
  });

  it('takes no body that a form of another page could send', async () => {
    const headers = { authorization: `Bearer ${api.host.token}`, 'content-type': 'text/plain' };
    const url = `${api.origin}/api/v1/companies/Acme/commands/task.create`;
    const answer = await fetch(url, { method: 'POST', headers, body: '{"title":"x"}' });
    expect(await answer.json()).toMatchObject({
      status: 400,
      detail: expect.stringContaining('application/json'),
    });
  });

  it.each([
    ['twice the same', 'limit=1&limit=2', /twice/],
    ['one that there is not', 'stat=ready', /stat/],
    ['one of the wrong kind', 'limit=many', /limit/],
    ['one that reaches for a prototype', 'after=%7B%22__proto__%22%3A1%7D', /__proto__/],
  ])('refuses parameters: %s', async (_what, search, words) => {
    const { status: code, body } = await api.call(api.host.token, 'GET', `/queries/tasks?${search}`);
    expect(code).toBe(400);
    expect(body.detail).toMatch(words);
  });

  it.each([
    '/api/v1/companies/%E0%A4%A/queries/status',
    '/api/v1/companies//queries/status',
    '/api/v1/../v1/companies/Acme/queries/nothing',
    '/api/v1',
  ])('finds nothing at %s', async (path) => {
    const headers = { host: new URL(api.origin).host, authorization: `Bearer ${api.host.token}` };
    expect([400, 404]).toContain((await rawCall(api.origin, { path, headers })).status);
  });
});

describe('the stream of events', () => {
  const open = (url: string, token: string, stop: AbortSignal, headers: Record<string, string> = {}) =>
    fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers }, signal: stop });

  /** Reads messages until there are so many. */
  async function read(url: string, token: string, count: number, headers: Record<string, string> = {}) {
    const stop = new AbortController();
    const messages = await readFrom(await open(url, token, stop.signal, headers), count);
    stop.abort();
    return messages;
  }

  async function readFrom(response: Response, count: number): Promise<string[]> {
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const decoder = new TextDecoder();
    let text = '';
    const messages = () => text.split('\n\n').filter((message) => /^(id|event):/.test(message));
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece, { stream: true });
      if (text.endsWith('\n\n') && messages().length >= count) break;
    }
    return messages();
  }

  it('begins where one says, and goes on where one was', async () => {
    const url = `${api.origin}/api/v1/companies/Acme/events`;
    const [first, second] = await read(`${url}?after=0`, api.host.token, 2);
    expect(first).toMatch(/^id: 1\nevent: company.created\ndata: \{/);
    expect(second).toMatch(/^id: 2\n/);
    const [next] = await read(`${url}?after=0`, api.host.token, 1, { 'last-event-id': '1' });
    expect(next).toBe(second);
  });

  it('brings what happens, and ends when its token is withdrawn', async () => {
    const { token, id } = await tokenFor('ann', 'read');
    const url = `${api.origin}/api/v1/companies/Acme/events?after=0`;
    // Once its head has come, the session is open.
    const response = await open(url, token, new AbortController().signal);
    const reading = readFrom(response, Number.POSITIVE_INFINITY);
    await api.owner.command({ type: 'task.create', title: 'Seen by the stream' });
    await api.owner.revokeToken({ id });
    await api.owner.command({ type: 'task.create', title: 'Not seen by the stream' });
    const messages = await reading;
    expect(messages.at(-1)).toMatch(/^event: problem\ndata: .*SESSION_INVALID/);
    expect(messages.join('')).not.toContain('Not seen by the stream');
  });

  it('refuses a place that is no number of an event', async () => {
    expect(await api.call(api.host.token, 'GET', '/events?after=-1')).toMatchObject({ status: 400 });
  });
});

describe('what operators ask', () => {
  it('says that it lives and is ready, to anybody and without names', async () => {
    expect(await callAt(`${api.origin}/health`)).toMatchObject({
      status: 200,
      body: { live: true, ready: true, reasons: [] },
    });
    expect(await callAt(`${api.origin}/health/ready`)).toMatchObject({ status: 200 });
    expect(await callAt(`${api.origin}/health/live`)).toMatchObject({ status: 200, body: { live: true } });
    expect(await callAt(`${api.origin}/health`, { method: 'POST' })).toMatchObject({ status: 405 });
  });

  it('gives figures that Prometheus can read, without a name of anybody', async () => {
    expect(await callAt(`${api.origin}/metrics`)).toMatchObject({ status: 401 });
    const { token } = await tokenFor('ann', 'read');
    await api.call(api.host.token, 'POST', '/commands/task.create', { title: '' });
    const { status, type, body } = await callAt(`${api.origin}/metrics`, { token });
    expect({ status, type }).toEqual({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' });
    const families = readExposition(body);
    const { company } = await api.owner.query('status', {});
    const own = { company: company.id };
    expect(families.get('agentcoord_events_total')).toContainEqual({
      labels: { ...own, type: 'task.created' },
      value: expect.any(Number),
    });
    expect(families.get('agentcoord_commands_total')).toContainEqual({
      labels: { ...own, command: 'task.create', result: 'refused' },
      value: expect.any(Number),
    });
    for (const name of [
      'agentcoord_command_queue_depth',
      'agentcoord_gates_waiting',
      'agentcoord_lease_expiries_total',
      'agentcoord_outbox_depth',
      'agentcoord_spent_usd_total',
      'agentcoord_log_seq',
    ])
      expect({ name, samples: families.get(name) }).toEqual({
        name,
        samples: [{ labels: own, value: expect.any(Number) }],
      });
    expect(families.get('agentcoord_workers')).toHaveLength(4);
    const buckets = (families.get('agentcoord_command_duration_seconds_bucket') ?? []).map(
      ({ value }) => value,
    );
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
    expect(buckets.at(-1)).toBe(families.get('agentcoord_command_duration_seconds_count')?.[0]?.value);
    for (const secret of ['ann', 'emma', 'Acme', token]) expect(body).not.toContain(`"${secret}"`);
  });
});

interface Read {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** By the grammar of the text format: each family is announced before its samples, and stands together. */
function readExposition(text: string): Map<string, Read[]> {
  const samples = new Map<string, Read[]>();
  let family = '';
  const seen = new Set<string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const announced = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line);
    if (announced) {
      const [, kind, name = '', rest] = announced;
      if (kind === 'HELP') expect(seen.has(name), `${name} stands twice`).toBe(false);
      else expect(rest).toMatch(/^(counter|gauge|histogram)$/);
      family = name;
      seen.add(name);
      continue;
    }
    const [, name = '', labels = '', value = ''] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    expect(name.startsWith(family), line).toBe(true);
    const pairs = [...labels.matchAll(/([a-z]+)="((?:[^"\\]|\\.)*)"(?:,|$)/g)].map(([, key, text]) => [
      key,
      text,
    ]);
    samples.set(name, [
      ...(samples.get(name) ?? []),
      { labels: Object.fromEntries(pairs), value: Number(value) },
    ]);
  }
  return samples;
}
