/** Workers at Railway: their life from a service to its deletion, and what happens when Railway, or somebody there, does not play along. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ProcessEnd } from '../../../src/contract/launcher.ts';
import type { WorkerId } from '../../../src/core/ids.ts';
import type { DurationMs } from '../../../src/core/units.ts';
import { createRailwayLauncher } from '../../../src/launchers/railway/railway.ts';
import type { RailwayOptions } from '../../../src/launchers/railway/railway-options.ts';
import { ownPrefix, serviceName } from '../../../src/launchers/railway/service-names.ts';
import { gitProject } from '../../git-project.ts';
import { smallCompany } from '../../real-company.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { superviseCompany } from '../../worker/supervised-company.ts';
import { launcherContract } from '../launcher-contract.ts';
import { environmentId, PaperRailway, projectId } from './railway-service.ts';

const ms = (n: number) => n as DurationMs;
const pace = { busy: ms(40), calm: ms(40), patience: ms(5_000), retry: ms(10) };
const token = 'a-secret-token';
const forever = ['/bin/sh', '-c', 'echo up; trap "exit 0" TERM; while :; do sleep 0.05; done'] as const;
let last = 0;

async function open(paper: PaperRailway, more: Partial<RailwayOptions> = {}) {
  const faults: unknown[] = [];
  const launcher = createRailwayLauncher({
    ...{ projectId, environmentId, endpoint: paper.url, image: 'ghcr.io/acme/worker:1' },
    token: async () => ({ kind: 'project', value: 'project-token-1' }),
    ...{ region: null, limits: { memory: null, vCpus: null }, maxServices: 3, owner: 'host_test', pace },
    onFault: (error) => faults.push(error),
    ...more,
  });
  const start = async (environment: Record<string, string> = {}) => {
    last += 1;
    const workerId = `worker_r${String(last).padStart(9, '0')}` as WorkerId;
    const logFile = path.join(await temporaryFolder(), 'worker.log');
    const launched = await launcher.launch({ workerId, environment, token, handover: '', logFile });
    onTestFinished(() => launched.stop(0));
    return { ...launched, workerId, logFile, log: () => readFile(logFile, 'utf8') };
  };
  onTestFinished(() => expect(paper.invalid).toEqual([]));
  return { launcher, start, faults };
}

const isGone = (paper: PaperRailway) => expect.poll(() => paper.services.size).toBe(0);

launcherContract('railway', () => ({
  launcherOf: async (script) => {
    const paper = await PaperRailway.open({ command: [process.execPath, '--eval', script, '--'] });
    return (await open(paper)).launcher;
  },
  crashWords: 'it crashed at Railway',
  isFar: true,
}));

describe('a worker at Railway', () => {
  it('does a task from another machine: comes, changes files, has them checked, is drained, and its service goes', async () => {
    const paper = await PaperRailway.open();
    const { launcher } = await open(paper);
    const project = await gitProject({ 'a.txt': 'old\n' });
    const { owner, company, route, until, task, workers, faults, logOf } = await superviseCompany({
      isAway: true,
      launcher,
      worktreesOf: project.folder,
      handover: async () => '{"model":{"refused":"no-key-for-you"},"prices":{},"prompts":{}}',
      settings: { idleAfter: ms(600_000) },
      file: smallCompany({
        workflows: [
          {
            name: 'small',
            steps: [{ id: 1, title: 'Change', role: 'engineer', checks: ['grep new a.txt'] }],
          },
        ],
        policy: { lease: '30s', heartbeat: '1s', retry_base: '0s', max_attempts: 1 },
      }),
      runner: 'command',
      options: {
        command: 'echo new > a.txt; env | grep -c SECRET || true; echo "$AGENTCOORD_TOKEN-" > token.txt',
      },
    });
    await route('Dark mode');
    await until((state) =>
      [...state.epics.values()].every(({ state: is }) => is !== 'pending' && is !== 'in_progress'),
    );
    expect(await task('Change')).toMatchObject({ state: 'done' });
    await expect
      .poll(() => project.show(project.branches()[0] ?? '', 'a.txt'), { timeout: 30_000 })
      .toBe('new');
    expect(project.show(project.branches()[0] ?? '', 'token.txt')).toBe('-');

    const [service] = paper.services.values();
    expect(service?.settings).toMatchObject({
      source: { image: 'ghcr.io/acme/worker:1' },
      restartPolicyType: 'NEVER',
    });
    // What lies at Railway is the token that is spent, and no key.
    expect(JSON.stringify(service?.variables)).not.toContain('no-key-for-you');
    const [worker] = await workers();
    expect(worker).toMatchObject({ launcher: 'railway', state: 'ready' });
    await owner.command({ type: 'worker.drain', workerId: worker?.id as WorkerId });
    await until((state) => [...state.workers.values()].every(({ state: is }) => is === 'stopped'));
    await isGone(paper);
    const log = await logOf(worker?.id as WorkerId);
    expect(log).toContain('ended: nothing left to do');
    expect(log).not.toContain(String(service?.variables['AGENTCOORD_TOKEN']));
    for (const file of ['log.sqlite', 'log.sqlite-wal']) {
      const written = await readFile(path.join(company.folder, file)).catch(() => Buffer.alloc(0));
      expect(written.includes(String(service?.variables['AGENTCOORD_TOKEN']))).toBe(false);
    }
    expect(faults).toEqual([]);
  });

  it('is a service of its own, set up before it is started once, with the limits and the place that were named', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const { start } = await open(paper, { region: 'europe-west4', limits: { memory: 0.5, vCpus: 1 } });
    const { log, logFile } = await start({ GIVEN: 'yes', AGENTCOORD_GRACE_MS: '7000' });
    expect(paper.asked).toEqual(['services', 'create', 'setUp', 'limit', 'deploy']);
    const [service] = paper.services.values();
    expect(service).toMatchObject({
      variables: { GIVEN: 'yes', AGENTCOORD_TOKEN: token },
      settings: {
        source: { image: 'ghcr.io/acme/worker:1' },
        ...{ region: 'europe-west4', numReplicas: 1, drainingSeconds: 7, restartPolicyType: 'NEVER' },
      },
      limits: { memoryGB: 0.5, vCPUs: 1 },
    });
    expect(service?.name.length).toBeLessThanOrEqual(32);
    await expect.poll(log).toBe('up\n');
    expect((await stat(logFile)).mode & 0o777).toBe(0o600);
  });

  it('ends by itself, asked, or killed, each with its reason, and leaves no service', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const { start } = await open(paper);
    const [polite, killed] = [await start(), await start()];
    await expect.poll(polite.log).toContain('up');
    await polite.stop(5_000);
    expect(await polite.ended).toEqual({ clean: true, reason: 'exit code 0' });
    await killed.stop(0);
    expect(await killed.ended).toEqual({ clean: false, reason: 'killed: its service was deleted' });
    await isGone(paper);
    const once = await PaperRailway.open({ command: ['/bin/sh', '-c', 'echo one; echo two; exit 3'] });
    const crashed = await (await open(once)).start();
    expect(await crashed.ended).toEqual({ clean: false, reason: 'it crashed at Railway' });
    expect(await crashed.log()).toBe('one\ntwo\n');
    await isGone(once);
  });

  it('says why Railway could not start it, with what the build said', async () => {
    const paper = await PaperRailway.open({ fails: 'FAILED' });
    const { start } = await open(paper);
    const { ended, log } = await start();
    expect(await ended).toEqual({
      clean: false,
      reason: 'Railway could not start it: image not found: nobody/made',
    });
    expect(await log()).toContain('image not found');
    await isGone(paper);
  });

  it('ends when somebody deletes its service, and the others go on', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const { start } = await open(paper);
    const [one, other] = [await start(), await start()];
    paper.removeService([...paper.services.keys()][0] ?? '');
    expect(await one.ended).toMatchObject({ clean: false, reason: expect.stringContaining('somebody else') });
    await expect.poll(other.log).toBe('up\n');
    expect(paper.services.size).toBe(1);
  });

  it('is not started when there are as many as may be, and is when one of them has ended', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const { start, launcher } = await open(paper, { maxServices: 1 });
    expect(launcher.atMost).toBe(1);
    const first = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringContaining('--max-services'),
    });
    expect(paper.services.size).toBe(1);
    await first.stop(0);
    await start();
    expect(paper.services.size).toBe(1);
  });
});

describe('what a host left at Railway', () => {
  it('is deleted by its next start, whether or not a company knows of it, and nobody else’s is', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const known = 'worker_known00001' as WorkerId;
    paper.add(serviceName('host_test', known));
    paper.add(serviceName('host_test', 'worker_forgotten1' as WorkerId));
    for (let n = 0; n < 120; n += 1) paper.add(`something-${n}`);
    paper.add(serviceName('host_other', known));
    const { launcher } = await open(paper);
    await launcher.removeOrphans?.();
    expect(
      [...paper.services.values()].filter(({ name }) => name.startsWith(ownPrefix('host_test'))),
    ).toEqual([]);
    expect(paper.services.size).toBe(121);
    expect(await launcher.killLeftover(known, null)).toBe(true);
    expect(await launcher.killLeftover(known, null)).toBe(false);
    expect(await launcher.killLeftover('worker_nobody0001' as WorkerId, null)).toBe(false);
  });

  it('is deleted when it turns up after a request that had no answer', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const { start } = await open(paper);
    paper.troubles.push({ at: 'serviceCreate', status: 502, isDone: true });
    await expect(start()).rejects.toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringContaining('HTTP 502'),
    });
    await isGone(paper);
  });

  it('is deleted later when Railway does not answer just then', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const { start, faults } = await open(paper);
    const { stop, ended } = await start();
    for (let n = 0; n < 6; n += 1) paper.troubles.push({ at: 'serviceDelete', status: 500 });
    await stop(0);
    await ended;
    await isGone(paper);
    expect(faults.length).toBeGreaterThan(0);
  });

  it('is deleted when it was made and could not be set up or deployed', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const { start } = await open(paper);
    paper.troubles.push({ at: 'serviceInstanceDeployV2', status: 500 });
    await expect(start()).rejects.toMatchObject({ code: 'LAUNCH_FAILED' });
    await isGone(paper);
  });
});

describe('when Railway has troubles', () => {
  it.each([
    ['500s', [{ status: 500 }, { status: 503 }]],
    ['a limit of requests, for as long as it says', [{ status: 429, headers: { 'retry-after': '0.2' } }]],
    ['an answer that is none', [{ status: 200, body: '<html>' }]],
    ['no answer', [{ silent: true }]],
  ])('it is asked again after %s', async (what, troubles) => {
    const paper = await PaperRailway.open({ command: forever });
    const { start } = await open(paper, { pace: { ...pace, patience: ms(400) } });
    paper.troubles.push(...troubles.map((trouble) => ({ at: 'query services', ...trouble })));
    const began = performance.now();
    await start();
    expect(paper.troubles).toEqual([]);
    if (what.startsWith('a limit')) expect(performance.now() - began).toBeGreaterThan(190);
    expect(paper.services.size).toBe(1);
  });

  it('waits for no limit of many minutes, and says how long it is', async () => {
    const paper = await PaperRailway.open();
    const { start } = await open(paper);
    paper.troubles.push({ status: 429, headers: { 'retry-after': '3600' } });
    await expect(start()).rejects.toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringContaining('3600 s'),
    });
    await expect(start()).rejects.toMatchObject({
      message: expect.stringContaining('takes no more requests'),
    });
    expect(paper.headers).toHaveLength(1);
  });

  it.each([
    ['in words', { body: '' }, 'Not Authorized'],
    ['by 401', { status: 401 }, 'HTTP 401'],
  ])('says what to do when the token is refused %s, and never the token', async (_how, trouble, words) => {
    const paper = await PaperRailway.open();
    const value = 'expired-secret-token';
    const { start } = await open(paper, { token: async () => ({ kind: 'account', value }) });
    if ('status' in trouble) paper.troubles.push(trouble);
    const refusal = start();
    await expect(refusal).rejects.toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringMatching(new RegExp(`${words}.*agentcoord railway set`)),
    });
    await expect(refusal).rejects.not.toThrow(value);
    expect(paper.headers[0]?.authorization).toBe(`Bearer ${value}`);
    expect(paper.services.size).toBe(0);
  });

  it('repeats nothing secret that Railway says', async () => {
    const paper = await PaperRailway.open();
    const { start } = await open(paper);
    const body = JSON.stringify({
      errors: [{ message: `bad variables: ${token} project-token-1\n\u001b[2J` }],
    });
    paper.troubles.push({ at: 'serviceCreate', status: 200, body });
    const refusal = await start().catch((error: unknown) => error as Error);
    expect(String((refusal as Error).message)).toContain('bad variables: … …');
  });

  it('lets workers go on while it does not answer, and tells the host once', async () => {
    const paper = await PaperRailway.open({ command: forever });
    const { start, faults } = await open(paper);
    const worker = await start();
    let end: ProcessEnd | null = null;
    void worker.ended.then((ended) => {
      end = ended;
    });
    for (let n = 0; n < 12; n += 1) paper.troubles.push({ at: 'query look', status: 500 });
    await expect.poll(() => paper.troubles.length, { timeout: 10_000 }).toBe(0);
    await expect.poll(worker.log).toBe('up\n');
    expect([end, faults.length]).toEqual([null, 1]);
  });
});
