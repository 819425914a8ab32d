/** Workers in containers of a real Docker engine: what they may do, how they end, and that none is left. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Launcher } from '../../src/contract/launcher.ts';
import { LauncherRooms } from '../../src/coordinator/supervisor/launcher-rooms.ts';
import { StartTurns } from '../../src/coordinator/supervisor/start-turns.ts';
import { Supervisor } from '../../src/coordinator/supervisor/supervisor.ts';
import { WorkerPlaces } from '../../src/coordinator/supervisor/worker-places.ts';
import type { WorkerId } from '../../src/core/ids.ts';
import { createDockerLauncher } from '../../src/launchers/docker/docker.ts';
import type { DockerOptions } from '../../src/launchers/docker/docker-options.ts';
import { ranOutOfMemory } from '../../src/launchers/docker/memory-events.ts';
import { openSandbox } from '../cli/run-agentcoord.ts';
import { serveWith } from '../cli/serving-host.ts';
import { gitProject } from '../git-project.ts';
import { openRealCompany, smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { briskPolicy, superviseCompany } from '../worker/supervised-company.ts';
import { importDebian } from './debian-image.ts';
import type { TestEngine } from './docker-engine.ts';
import { startEngine, textOf } from './docker-engine.ts';
import { launcherContract } from './launcher-contract.ts';

let docker: TestEngine;
beforeAll(async () => {
  docker = await startEngine();
}, 300_000);
afterAll(() => docker?.close());

const limits = { memory: 128 * 1024 * 1024, cpus: 1, pids: 64 };

function launcherWith(more: Partial<DockerOptions> = {}) {
  return createDockerLauncher({
    engine: async () => docker.engine,
    image: docker.image,
    owner: 'host_test',
    network: 'none',
    limits,
    workspace: null,
    ...more,
  });
}

const running = (script: string, more: Partial<DockerOptions> = {}) =>
  launcherWith({ command: ['/usr/bin/node', '--eval', script, '--'], ...more });

launcherContract('docker', () => ({
  launcherOf: (script) => running(script),
  seenOf: async (workerId) =>
    JSON.stringify(await docker.engine.getContainer(`agentcoord-${workerId}`).inspect()),
}));

async function result(script: string, more: Partial<DockerOptions> = {}) {
  const logFile = path.join(await temporaryFolder(), 'worker.log');
  const workerId = `worker_d${Math.random().toString(36).slice(2, 11)}` as WorkerId;
  const launched = await running(script, more).launch({
    workerId,
    environment: {},
    token: 't',
    handover: '',
    logFile,
  });
  onTestFinished(() => launched.stop(0));
  const end = await launched.ended;
  return { end, said: await textOf(logFile) };
}

describe('a worker in Docker', () => {
  it('claims a task through the socket of the host and does it, and leaves no container', async () => {
    const real = await openRealCompany(smallCompany({ policy: { retry_base: '0s' } }));
    const { company, sessions, socket } = real;
    const faults: unknown[] = [];
    const supervisor = new Supervisor({
      companyId: company.id,
      coordinator: company.coordinator,
      sessions,
      vitals: company.vitals,
      handover: async () => '',
      launchers: [launcherWith({ workspace: null })],
      places: new WorkerPlaces(2),
      turns: new StartTurns(),
      socket,
      publicUrl: null,
      rooms: new LauncherRooms(),
      logFolder: company.workersFolder,
      runner: { name: 'script', options: {} },
      onFault: (error) => faults.push(error),
    });
    await supervisor.start();
    onTestFinished(() => supervisor.stop());
    await real.owner.command({ type: 'task.create', title: 'In a box' });
    await real.until((state) =>
      [...state.tasks.values()].some(({ title, state: is }) => title === 'In a box' && is === 'done'),
    );
    const [worker] = await real.owner.query('workers', {});
    expect(worker).toMatchObject({ launcher: 'docker', pid: 1 });
    await supervisor.stop();
    expect(faults).toEqual([]);
    await expect(docker.engine.listContainers({ all: true })).resolves.toEqual([]);
  });

  it('works on a git worktree that it does not see, and what it changed is merged', async () => {
    const project = await gitProject({ 'a.txt': 'old\n', 't.sh': '#!/bin/sh\n[ -s a.txt ]\n' });
    project.git('update-index', '--chmod=+x', 't.sh');
    project.git('commit', '--quiet', '-m', 'To be run');
    // As a package manager leaves it; the image has neither mkdir nor chmod.
    const install =
      'const fs = require("fs"); fs.mkdirSync("node_modules/.bin", { recursive: true }); fs.writeFileSync("node_modules/.bin/tool", "#!/usr/bin/node\\nprocess.exit(0)", { mode: 0o755 });';
    const checks = ['./t.sh', 'node_modules/.bin/tool'];
    const { route, until, task, faults } = await superviseCompany({
      launcher: launcherWith(),
      worktreesOf: project.folder,
      file: smallCompany({
        workflows: [{ name: 'small', steps: [{ id: 1, title: 'Change', role: 'engineer', checks }] }],
      }),
      runner: 'command',
      options: {
        command: `read was < a.txt; echo "$was, new" > a.txt; ./t.sh && /usr/bin/node -e '${install}' && node_modules/.bin/tool`,
      },
    });
    await route('Dark mode');
    await until((state) =>
      [...state.epics.values()].every(({ state: is }) => is === 'completed' || is === 'blocked'),
    );
    expect((await task('Change')).attempts).toMatchObject([{ outcome: 'submitted' }]);
    await expect
      .poll(() => project.show(project.branches()[0] ?? '', 'a.txt'), { timeout: 30_000 })
      .toBe('old, new');
    expect(faults).toEqual([]);
  });

  it('checks a copy of the shared workspace that it sees read-only, and a check may write there', async () => {
    let workspace = '';
    const launcher: Launcher = {
      ...launcherWith(),
      launch: (request) => launcherWith({ workspace }).launch(request),
    };
    const checks = ['./t.sh > cache.txt && [ -s cache.txt ]'];
    const { route, until, task, company, faults } = await superviseCompany({
      launcher,
      file: smallCompany({
        workflows: [{ name: 'small', steps: [{ id: 1, title: 'Look', role: 'engineer', checks }] }],
        policy: { ...briskPolicy, max_attempts: 1 },
      }),
      runner: 'command',
      options: { command: 'echo done' },
    });
    workspace = path.join(path.dirname(company.workersFolder), 'workspace');
    await mkdir(workspace, { recursive: true });
    await writeFile(path.join(workspace, 't.sh'), '#!/bin/sh\necho ran', { mode: 0o755 });
    await route('Dark mode');
    await until((state) =>
      [...state.tasks.values()].every(({ state: is }) => is === 'done' || is === 'failed'),
    );
    expect((await task('Look')).attempts.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'submitted',
    ]);
    expect((await readdir(workspace)).filter((name) => !name.startsWith('.'))).toEqual(['t.sh']);
    expect(faults).toEqual([]);
  });

  it('is reaped by the next start of a host that was killed, and its task goes on', {
    timeout: 120_000,
  }, async () => {
    const env = { DOCKER_HOST: docker.address };
    const sandbox = await openSandbox(env);
    onTestFinished(() => sandbox.remove());
    const file = path.join(await temporaryFolder(), 'slow.yaml');
    await writeFile(
      file,
      'name: Slow\ndepartments: [{ name: making, teams: [{ name: makers, members: [{ name: max, role: engineer, runner: { name: script, slow: 5m } }] }] }]\npolicy: { retry_base: 0s }\n',
    );
    await sandbox.json('init', '--template', file);
    await sandbox.json('task', 'create', '--title', 'Slow work');
    const how = [
      '--no-http',
      '--launcher',
      'docker',
      '--docker-image',
      docker.image,
      '--docker-network',
      'none',
    ];
    const containers = async () => {
      const all = docker.engine.listContainers({ all: true, filters: { status: ['running'] } });
      return (await Promise.resolve(all)).map(({ Labels }) => Labels['agentcoord.worker']);
    };
    const isHeld = async () => (await sandbox.json('tasks')).tasks[0].state === 'leased';

    const first = await serveWith(env, sandbox.dataDir, ...how);
    onTestFinished(async () => void (await first.end('SIGKILL')));
    await expect.poll(isHeld, { timeout: 40_000 }).toBe(true);
    const [left] = await containers();
    await first.end('SIGKILL');
    expect(await containers()).toEqual([left]);

    const second = await serveWith(env, sandbox.dataDir, ...how);
    onTestFinished(async () => void (await second.end('SIGKILL')));
    await expect.poll(async () => (await containers()).includes(left), { timeout: 40_000 }).toBe(false);
    await expect.poll(isHeld, { timeout: 40_000 }).toBe(true);
    const { workers } = await sandbox.json('workers', '--all');
    expect(workers.find(({ id }: { id: string }) => id === left)).toMatchObject({
      state: 'crashed',
      launcher: 'docker',
      exitReason: 'its host ended without stopping it; killed by the next one',
    });
    const live = workers.find(({ endedAt }: { endedAt: string | null }) => endedAt === null);
    expect(live.facts.process).toMatchObject({ memory: expect.any(Number) });
    expect(await second.end()).toBe(0);
    expect(await containers()).toEqual([]);
  });

  it('is removed by the next run of its host, also when the engine was away as that began, and no other host’s', async () => {
    const leftBy = async (owner: string) => {
      const { Id } = await docker.engine
        .createContainer({
          Image: docker.image,
          Labels: { 'agentcoord.owner': owner, 'agentcoord.worker': `worker_of_${owner}` },
          HostConfig: { NetworkMode: 'none' },
        })
        .then(({ id }) => ({ Id: id }));
      onTestFinished(() =>
        docker.engine
          .getContainer(Id)
          .remove({ force: true })
          .catch(() => undefined),
      );
      return Id;
    };
    const own = await leftBy('host_left');
    const others = await leftBy('host_other');
    const ids = async () =>
      (await Promise.resolve(docker.engine.listContainers({ all: true }))).map(({ Id }) => Id);
    let isAway = true;
    const launcher = launcherWith({
      owner: 'host_left',
      engine: async () => {
        if (isAway) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
        return docker.engine;
      },
    });
    await launcher.removeOrphans?.();
    expect(await ids()).toEqual(expect.arrayContaining([own, others]));
    isAway = false;
    await launcher.removeOrphans?.();
    expect(await ids()).not.toContain(own);
    expect(await ids()).toContain(others);
    expect(await launcher.killLeftover('worker_of_host_left' as WorkerId, null)).toBe(true);
    expect(await launcher.killLeftover('worker_of_host_left' as WorkerId, null)).toBe(false);
  });

  it('is not crashed when only a program that it started needed too much memory', async () => {
    const hungry = 'const kept = []; for (;;) kept.push(Buffer.alloc(8e6, 1));';
    // The kernel takes the one that says that it may be taken.
    const start = `require('child_process').spawn('/bin/sh', ['-c', 'echo 1000 > /proc/self/oom_score_adj; exec /usr/bin/node -e "$1"', 'sh', ${JSON.stringify(hungry)}]).on('exit', (code, signal) => { console.log('program: ' + signal); process.exit(0); });`;
    const { end, said } = await result(start);
    expect(said).toContain('program: SIGKILL');
    expect(end).toEqual({ clean: true, reason: 'exit code 0' });
  });

  it('is killed for want of memory while it has a task, which goes on with another attempt', async () => {
    // It makes its worker the one that the kernel takes, and then takes all that there is; the next time it does its work.
    const hungry = `const fs = require("fs"); const { task } = JSON.parse(fs.readFileSync(process.env.AGENTCOORD_BRIEF)); if (task.attempts.some(({ outcome }) => outcome === "failed")) { console.log("done this time"); process.exit(); } fs.writeFileSync("/proc/1/oom_score_adj", "1000"); const kept = []; for (;;) kept.push(Buffer.alloc(32e6, 1));`;
    const { owner, until, task, workers, faults } = await superviseCompany({
      launcher: launcherWith({ limits: { ...limits, memory: 256 * 1024 * 1024 } }),
      file: { policy: { ...briskPolicy, lease: '60s' } },
      runner: 'command',
      options: { command: `/usr/bin/node -e '${hungry}'` },
    });
    await owner.command({ type: 'task.create', title: 'Hungry', roleId: 'engineer' });
    await until((state) =>
      [...state.tasks.values()].some(
        ({ title, state: is }) => title === 'Hungry' && ['done', 'failed'].includes(is),
      ),
    );
    const reason = 'killed: it needed more than 256 MB of memory';
    const { state, attempts } = await task('Hungry');
    expect(state).toBe('done');
    expect(attempts).toMatchObject([
      { outcome: 'failed', reason: `its worker crashed: ${reason}` },
      { outcome: 'submitted' },
    ]);
    const killed = (await workers()).find(({ id }) => id === attempts[0]?.workerId);
    expect(killed).toMatchObject({ state: 'crashed', exitReason: reason, launcher: 'docker' });
    expect(attempts[1]?.workerId).not.toBe(killed?.id);
    const names = async () =>
      (await Promise.resolve(docker.engine.listContainers({ all: true }))).flatMap(({ Names }) => Names);
    expect(await names()).not.toContain(`/agentcoord-${killed?.id}`);
    expect(faults).toEqual([]);
  });

  it('is built by the Dockerfile that ships, and a worker of it does a task', {
    timeout: 240_000,
  }, async () => {
    await importDebian(docker.engine, 'node:24-bookworm-slim');
    const sandbox = await openSandbox({ DOCKER_HOST: docker.address });
    onTestFinished(() => sandbox.remove());
    const image = 'agentcoord-worker:built';
    expect(await sandbox.json('worker-image', 'build', '--tag', image)).toEqual({ image });
    const built = docker.engine.getImage(image);
    expect((await built.inspect()).Config).toMatchObject({
      User: 'node',
      WorkingDir: '/tmp',
      Entrypoint: ['node', '/agentcoord/out/main/worker.js'],
    });
    expect(JSON.stringify(await built.history())).toContain('apt-get install');
    const { owner, company, until, task, faults } = await superviseCompany({
      launcher: launcherWith({ image }),
      runner: 'command',
      options: { command: 'git --version && node --version' },
    });
    await owner.command({ type: 'task.create', title: 'In the image', roleId: 'engineer' });
    await until((state) =>
      [...state.tasks.values()].some(({ state: is }) => ['done', 'failed'].includes(is)),
    );
    const { attempts, submission } = await task('In the image');
    expect(attempts.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['submitted']);
    const [said] = submission?.artifacts ?? [];
    expect(said && Buffer.from(await company.artifacts.read(said.hash)).toString()).toMatch(
      /^git version 2\.\S+\nv2\d\.\S+\n$/,
    );
    expect(faults).toEqual([]);
  });

  const takesAll = 'const kept = []; for (;;) kept.push(Buffer.alloc(32e6, 1));';

  it('is told of as killed for want of memory, when it is', async () => {
    const { end } = await result(takesAll);
    expect(end).toEqual({ clean: false, reason: 'killed: it needed more than 128 MB of memory' });
  });

  it.each([
    ['is', takesAll, true],
    ['is not', 'process.kill(process.pid, "SIGKILL"); process.exit(137);', false],
  ])(
    '%s found among those that its engine noted as killed for it, sooner or later',
    async (_is, script, was) => {
      const container = await docker.engine.createContainer({
        Image: docker.image,
        Entrypoint: ['/usr/bin/node', '--eval', script],
        HostConfig: { NetworkMode: 'none', Memory: limits.memory, MemorySwap: limits.memory },
      });
      onTestFinished(() => container.remove({ force: true }));
      const exited = container.wait({ condition: 'next-exit' });
      await container.start();
      expect(await exited).toMatchObject({ StatusCode: 137 });
      expect(await ranOutOfMemory(docker.engine, container)).toBe(was);
    },
  );

  it.each([
    [
      'writes nothing but its scratch folder',
      'const fs = require("fs"); fs.writeFileSync("/tmp/x", ""); try { fs.writeFileSync("/etc/x", ""); } catch (e) { console.log(e.code); }',
      'EROFS',
    ],
    [
      'reaches nobody without a network',
      'require("net").connect(80, "10.0.0.1").on("error", (e) => console.log(e.code));',
      'ENETUNREACH',
    ],
    [
      'has no right beyond those of its user',
      'console.log(/CapEff:\\s*(\\w+)/.exec(require("fs").readFileSync("/proc/self/status", "utf8"))[1], /NoNewPrivs:\\s*(\\d)/.exec(require("fs").readFileSync("/proc/self/status", "utf8"))[1])',
      '0000000000000000 1',
    ],
    [
      'starts no more processes than it may',
      'const { spawn } = require("child_process"); let failed = 0, open = 80; for (let n = 0; n < 80; n++) { const done = () => { if (--open === 0) { console.log(failed > 0 ? "contained" : "free"); process.exit(0); } }; const c = spawn("/bin/sh", ["-c", "read x"]); c.on("error", () => { failed++; done(); }); c.on("spawn", done); }',
      'contained',
    ],
  ])('%s', async (_what, script, expected) => {
    expect((await result(script)).said).toContain(expected);
  });

  it('sees the workspace, and can’t write there', async () => {
    const workspace = await temporaryFolder();
    const script = `const fs = require("fs"); console.log(fs.existsSync(${JSON.stringify(workspace)})); try { fs.writeFileSync(${JSON.stringify(`${workspace}/x`)}, ""); } catch (e) { console.log(e.code); }`;
    expect((await result(script, { workspace })).said).toBe('true\nEROFS\n');
  });

  it('gets no network of the host', () => {
    expect(() => launcherWith({ network: 'host' })).toThrow('no network of others');
  });

  it('is not started from an image that is not there, and says how to make one', async () => {
    const launcher = launcherWith({ image: 'nobody:made' });
    const logFile = path.join(await temporaryFolder(), 'worker.log');
    const request = { workerId: 'worker_x' as WorkerId, environment: {}, token: 't', handover: '', logFile };
    await expect(launcher.launch(request)).rejects.toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringContaining('agentcoord worker-image build'),
    });
  });
});
