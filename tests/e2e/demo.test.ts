/** The whole product in one command: each built-in workflow, offline, from the plan to its last signature. */
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoReport } from '../../src/cli/demo/demo-report.ts';
import { builtinGates, builtinSteps, signersOf } from './builtin-workflows.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'agentcoord.js');
const run = promisify(execFile);

/** Everything that a demo leaves lies in here, and goes with it. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agentcoord-demos-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function startDemo(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, 'demo', ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The processes that it started, as the system saw them. */
  readonly workers: ReadonlySet<number>;
}

async function ended(demo: ChildProcess): Promise<Ended> {
  const workers = new Set<number>();
  const watching = setInterval(() => {
    void childrenOf(demo.pid ?? 0).then((pids) => {
      for (const pid of pids) workers.add(pid);
    });
  }, 50);
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(demo.stdout),
    textOf(demo.stderr),
    once(demo, 'close') as Promise<[number | null]>,
  ]);
  clearInterval(watching);
  return { code, stdout, stderr, workers };
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().match(/^(\d+)\s+(\d+)\s+(.*)$/))
    .flatMap((match) =>
      match?.[3]?.includes('worker') && Number(match[2]) === parent ? [Number(match[1])] : [],
    );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.each(['feature', 'bug', 'launch', 'trading_strategy'] as const)('the workflow %s', (workflow) => {
  let report: DemoReport;
  let demo: Ended;
  let pid: number | undefined;

  beforeAll(async () => {
    const child = startDemo(['--workflow', workflow, '--sign-as', 'owner', '--json']);
    pid = child.pid;
    demo = await ended(child);
    // All of stdout is the one document.
    report = JSON.parse(demo.stdout);
  });

  it('ends well', () => {
    expect(demo.code).toBe(0);
    expect(report).toMatchObject({ workflow, company: 'Scaleup' });
    expect(report.seconds).toBeGreaterThan(0);
    // A promise to people, not a benchmark: the four together take less than two minutes.
    expect(report.seconds).toBeLessThan(30);
    expect(demo.stderr).toContain('the epic is completed');
  });

  it('has every step done by an agent in a worker process of its own', () => {
    expect(report.tasks.map(({ step, title, role }) => [step, title, role])).toEqual(builtinSteps[workflow]);
    for (const task of report.tasks) {
      expect(task.state).toBe('done');
      expect(task.agent).toMatch(/^[a-z]+$/);
      expect([process.pid, pid]).not.toContain(task.workerPid);
      expect(demo.workers).toContain(task.workerPid);
    }
    // One process speaks for one agent.
    const pairs = new Set(report.tasks.map(({ agent, workerPid }) => `${agent} ${workerPid}`));
    expect(new Set(report.tasks.map(({ workerPid }) => workerPid)).size).toBe(pairs.size);
  });

  it('has every step done by an agent that holds exactly its role', async () => {
    const { members } = await status(report.dataDir);
    const rolesOf = (agent: string) => members.find(({ name }) => name === agent)?.roles;
    for (const { agent, role } of report.tasks) expect(rolesOf(agent ?? '')).toEqual([role]);
  });

  it('leaves no process behind', () => {
    expect(demo.workers.size).toBeGreaterThan(0);
    expect([...demo.workers].filter(isAlive)).toEqual([]);
  });

  it('keeps every artifact in a file with its hash', async () => {
    for (const { artifacts } of report.tasks) {
      expect(artifacts.length).toBeGreaterThan(0);
      for (const { path, sha256 } of artifacts) {
        expect(path.startsWith(report.dataDir)).toBe(true);
        const bytes = await readFile(path);
        expect(bytes.byteLength).toBeGreaterThan(100);
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      }
    }
    const named = await readdir(join(report.dataDir, 'artifacts-by-step'));
    expect(named).toHaveLength(report.tasks.length);
  });

  it('has each gate signed by every role that it requires, for what goes on', async () => {
    expect(report.gates.map(({ name, position, step }) => [name, position, step])).toEqual(
      builtinGates[workflow].map(({ name, position, step }) => [name, position, step]),
    );
    const { members } = await status(report.dataDir);
    for (const rule of builtinGates[workflow]) {
      const gate = report.gates.find(({ name }) => name === rule.name);
      const slots = gate?.slots ?? [];
      expect(slots.map(({ role }) => role).sort()).toEqual([...rule.requires].sort());
      for (const { role, member, kind, at, artifactSha256 } of slots) {
        const signer = members.find(({ name }) => name === member);
        expect(signersOf[role]).toContain(signer?.roles[0]);
        expect(kind).toBe(signer?.kind);
        expect(new Date(at ?? '').toISOString()).toBe(at);
        const signed = report.tasks.find(({ step }) => step === rule.signs)?.artifacts[0]?.sha256;
        expect(artifactSha256).toBe(signed);
      }
      const signers = slots.map(({ member }) => member);
      expect(new Set(signers).size).toBe(signers.length);
      if (rule.humanRequired) expect(slots.map(({ kind }) => kind)).toContain('human');
      if (rule.selfApproval === 'forbidden') {
        const author = report.tasks.find(({ step }) => step === rule.signs)?.agent;
        expect(signers).not.toContain(author);
      }
    }
  });

  it('leaves a company that can be opened again, with nothing running', async () => {
    const now = await status(report.dataDir);
    expect(now).toMatchObject({ head: report.head, host: null, workers: [], gatesWaiting: 0 });
    expect(now.epics).toMatchObject([{ state: 'completed', progress: 1 }]);
  });
});

describe('a demo that can not be', () => {
  it('says before the work that a human must sign and nobody can be asked', async () => {
    const { code, stdout, stderr } = await ended(startDemo(['--workflow', 'launch', '--json']));
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'HUMAN_REQUIRED' } });
    expect(stderr).toMatch(/readiness_check.*--sign-as owner/);
  });

  it.each([
    ['an unknown workflow', ['--workflow', 'lunch'], /NOT_FOUND: .*lunch/],
    ['an unknown template', ['--company-template', 'scaledown'], /NOT_FOUND: .*scaledown/],
    [
      'a company that can not finish it',
      ['--workflow', 'launch', '--company-template', 'startup', '--sign-as', 'owner'],
      /EPIC_UNSATISFIABLE: [\s\S]*support_lead/,
    ],
  ])('refuses %s and leaves nothing behind', async (_what, args, words) => {
    const before = await readdir(folder);
    const { code, stderr } = await ended(startDemo(args));
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect(await readdir(folder)).toEqual(before);
  });

  it('stops its workers when it is interrupted', async () => {
    const demo = startDemo(['--workflow', 'trading_strategy', '--sign-as', 'owner']);
    for await (const text of demo.stderr ?? []) if (String(text).includes('hands in')) break;
    const running = await childrenOf(demo.pid ?? 0);
    expect(running.length).toBeGreaterThan(0);
    demo.kill('SIGINT');
    const [code] = await once(demo, 'close');
    expect(code).toBe(1);
    expect(running.filter(isAlive)).toEqual([]);
  });
});

interface Status {
  readonly head: number;
  readonly members: readonly {
    readonly name: string;
    readonly kind: string;
    readonly roles: readonly string[];
  }[];
  readonly epics: readonly unknown[];
}

async function status(dataDir: string): Promise<Status> {
  const { stdout } = await run(process.execPath, [program, 'status', '--data-dir', dataDir, '--json']);
  return JSON.parse(stdout);
}
