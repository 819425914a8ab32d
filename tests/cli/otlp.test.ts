/** The real program sends the traces of an epic to a collector, by its option and by the variable of OpenTelemetry. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { newPlace } from './place.ts';
import type { Json } from './run-agentcoord.ts';

interface Collector {
  readonly endpoint: string;
  /** What was posted, and where. */
  readonly took: { readonly path: string; readonly key: unknown; readonly body: Json }[];
}

async function openCollector(): Promise<Collector> {
  const took: Collector['took'] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request.setEncoding('utf8')) text += String(piece);
    took.push({ path: request.url ?? '', key: request.headers['x-key'], body: JSON.parse(text) });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, took };
}

const spansOf = ({ took }: Collector): Json[] =>
  took.flatMap(({ body }) =>
    body.resourceSpans.flatMap((each: Json) => each.scopeSpans.flatMap(({ spans }: Json) => spans)),
  );

it('follows an epic of real workers to its end, where --otlp-endpoint or the environment says', async () => {
  const [said, named] = [await openCollector(), await openCollector()];
  const place = await newPlace({
    OTEL_EXPORTER_OTLP_ENDPOINT: `${named.endpoint}/of-the-environment/`,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=mine',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  });
  await place.run('init', '--template', 'startup', '--name', 'Acme');
  const first = await place.serve('--workers', '4', '--otlp-endpoint', said.endpoint);
  await place.run('epic', 'create', '--workflow', 'bug', '--title', 'Login');
  const names = () => spansOf(said).map(({ name }) => name);
  await expect.poll(names, { timeout: 90_000, interval: 200 }).toContain('epic: Login');
  expect(new Set(said.took.map(({ path, key }) => `${path} ${String(key)}`))).toEqual(
    new Set(['/v1/traces mine']),
  );
  const all = spansOf(said);
  const epic = all.find(({ name }) => name === 'epic: Login');
  const tasks = all.filter(({ name }) => name.startsWith('task: '));
  expect(tasks.length).toBeGreaterThanOrEqual(3);
  expect(new Set(all.map(({ traceId }) => traceId))).toEqual(new Set([epic.traceId]));
  for (const { spanId } of tasks) {
    const attempts = all.filter((span) => span.parentSpanId === spanId && span.name.startsWith('attempt: '));
    expect(attempts.length).toBeGreaterThanOrEqual(1);
  }
  expect(JSON.stringify(said.took[0]?.body.resourceSpans[0].resource)).toMatch(/"test".*"agentcoord"/);
  expect(named.took).toEqual([]);

  await first.end();
  await place.serve('--workers', '0');
  const { task } = await place.json('task', 'create', '--title', 'Late');
  await place.run('task', 'cancel', task.id, '--reason', 'not needed');
  await expect
    .poll(() => spansOf(named).map(({ name }) => name), { timeout: 30_000 })
    .toContain('task: Late');
  expect(named.took[0]).toMatchObject({ path: '/of-the-environment/v1/traces', key: 'mine' });
});

it('refuses a wrong address before anything starts', async () => {
  const place = await newPlace();
  const run = await place.run('serve', '--no-http', '--otlp-endpoint', 'localhost:4318');
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain('--otlp-endpoint must be an address');
});
