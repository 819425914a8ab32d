/** The script runner writes real artifacts, the same for the same brief, and reviews what others wrote. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRunner, runnerNames } from '../../src/runners/registry.ts';
import { createScriptRunner } from '../../src/runners/script.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { BriefParts } from './run-context.ts';
import { contextOf, Shelf, sha256 } from './run-context.ts';

const runner = createScriptRunner();

async function artifactOf(parts: BriefParts, shelf = new Shelf(), options = {}) {
  const result = await runner.run(await contextOf(parts, { shelf, options }));
  if (result.kind !== 'artifacts') throw new Error('a review came');
  const [file] = result.files;
  if (!file) throw new Error('nothing came');
  return { path: file.path, text: new TextDecoder().decode(file.bytes), bytes: file.bytes };
}

async function reviewOf(parts: BriefParts, shelf: Shelf, options = {}) {
  const result = await runner.run(await contextOf({ ...parts, kind: 'review' }, { shelf, options }));
  if (result.kind !== 'review') throw new Error('artifacts came');
  return result;
}

/** Every step of the built-in workflows. */
const steps: [title: string, role: string, path: string, content: RegExp][] = [
  ['Write PRD', 'pm', 'prd.md', /## Acceptance criteria/],
  ['Create design mocks', 'designer', 'mock.svg', /^<svg /],
  ['Implement feature', 'engineer', 'change.patch', /^diff --git /m],
  ['QA testing', 'qa_eng', 'test-report.md', /## Checks/],
  ['Approve release', 'pm', 'decision.md', /## Decided/],
  ['Launch feature', 'growth', 'rollout.md', /## Way back/],
  ['Reproduce bug', 'qa_eng', 'reproduction.md', /## Steps/],
  ['Fix bug', 'engineer', 'change.patch', /^diff --git /m],
  ['Verify fix', 'qa_eng', 'test-report.md', /## Verdict/],
  ['Create launch plan', 'pm', 'plan.md', /## Days/],
  ['Create marketing content', 'growth', 'content.md', /## Headline/],
  ['Implement feature flags', 'engineer', 'change.patch', /^diff --git /m],
  ['Regression testing', 'qa_eng', 'test-report.md', /## Checks/],
  ['Prepare support documentation', 'support_lead', 'support.md', /## Runbook/],
  ['Execute launch', 'growth', 'rollout.md', /## Steps taken/],
  ['Define goals and acceptance criteria', 'pm', 'prd.md', /## Goals/],
  ['Design config schema', 'designer', 'config.schema.json', /"\$schema"/],
  ['Implement filter logic', 'engineer', 'change.patch', /^diff --git /m],
  ['Write unit and integration tests', 'engineer', 'tests.patch', /^\+import assert/m],
  ['Run backtest', 'qa_eng', 'backtest.md', /## Metrics/],
  ['Validate backtest metrics', 'qa_lead', 'test-report.md', /## Checks/],
  ['Review and approve for production', 'pm', 'decision.md', /## Looked at/],
  ['Deploy to Telegram bot', 'sre', 'rollout.md', /## Watched/],
  ['Water the plants', 'pm', 'result.md', /## Result/],
];

describe('the script runner', () => {
  it.each(steps)('for "%s" by %s writes %s', async (title, role, file, content) => {
    const shelf = new Shelf();
    const inputs = [{ title: 'Before', artifacts: [shelf.put('before.md', '# Before\n\n## First part\n')] }];
    const artifact = await artifactOf({ title, role, inputs }, shelf);
    expect(artifact.path).toBe(file);
    expect(artifact.text).toMatch(content);
    expect(artifact.text).toContain('Dark mode');
    expect(artifact.text).toContain('ada');
    expect(artifact.text).toContain(inputs[0]?.artifacts[0]?.hash);
    expect(artifact.bytes).toEqual((await artifactOf({ title, role, inputs }, shelf)).bytes);
  });

  it.each(steps)(
    'for "%s" writes other bytes when a review wants something else, and answers it',
    async (title, role) => {
      const note = 'Say what "done" means & why';
      const first = await artifactOf({ title, role });
      const second = await artifactOf({ title, role, notes: [note] });
      expect(sha256(second.bytes)).not.toBe(sha256(first.bytes));
      expect(second.text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('\\"', '"')).toContain(
        note,
      );
    },
  );

  it('takes the description apart into what is asked', async () => {
    const { text } = await artifactOf({});
    expect(text).toContain('2. The whole app has a dark theme.');
    expect(text).toContain('3. It follows the system.');
  });

  it('writes patches that git applies, and code that runs with its tests', async () => {
    const folder = await temporaryFolder();
    const epic = { title: '7 "odd" */ names', description: 'Quotes \' " and `$(x)` work.\nSo does */ this.' };
    const run = (program: string, args: string[]) =>
      execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
    for (const title of ['Implement feature', 'Write unit and integration tests']) {
      const { path: name, bytes } = await artifactOf({ title, role: 'engineer', epic, notes: ['Again'] });
      writeFileSync(path.join(folder, name), bytes);
      run('git', ['apply', name]);
    }
    expect(run(process.execPath, ['--test', '--test-reporter=tap'])).toContain('# fail 0');
  });

  it('draws SVG that stays XML whatever the title is', async () => {
    const epic = { title: '<script>&"\u0001', description: '' };
    const { text } = await artifactOf({ title: 'Create design mocks', role: 'designer', epic });
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('\u0001');
  });

  it('reports what it really finds in what was handed in', async () => {
    const shelf = new Shelf();
    const whole = await artifactOf({ title: 'Implement feature', role: 'engineer' });
    const report = async (patch: string) => {
      const inputs = [{ title: 'Implement feature', artifacts: [shelf.put('change.patch', patch)] }];
      return (await artifactOf({ title: 'QA testing', role: 'qa_eng', inputs }, shelf)).text;
    };
    expect(await report(whole.text)).toContain('Nothing speaks against going on.');
    expect(await report(whole.text.replace('+];\n', ''))).toMatch(/is a whole patch \| look/);
    expect(await report('empty')).toContain('in none of the artifacts');
  });

  it('fails as often as it is told, then succeeds', async () => {
    const at = async (attempts: number) =>
      runner.run(await contextOf({ attempts }, { options: { fail: 2 } }));
    await expect(at(1)).rejects.toMatchObject({
      code: 'RUNNER_FAILED',
      message: expect.stringContaining('fail: 2'),
    });
    await expect(at(2)).rejects.toMatchObject({ code: 'RUNNER_FAILED' });
    await expect(at(3)).resolves.toMatchObject({ kind: 'artifacts' });
  });

  it('takes its time, and stops waiting when the run is ended', async () => {
    const started = performance.now();
    await artifactOf({}, new Shelf(), { slow: '0.2s' });
    expect(performance.now() - started).toBeGreaterThan(180);
    const ending = new AbortController();
    const run = runner.run(await contextOf({}, { options: { slow: '60s' }, signal: ending.signal }));
    ending.abort();
    await expect(run).rejects.toMatchObject({ code: 'RUNNER_FAILED' });
  });

  it.each([
    [{ slow: 'soon' }, 'slow'],
    [{ fail: -1 }, 'fail'],
    [{ reject_twice: true }, 'reject_twice'],
  ])('refuses the options %j, naming %s', async (options, named) => {
    await expect(artifactOf({}, new Shelf(), options)).rejects.toMatchObject({
      code: 'RUNNER_FAILED',
      message: expect.stringContaining(named),
    });
  });
});

describe('the script runner as a reviewer', () => {
  it('approves and says what it looked at', async () => {
    const shelf = new Shelf();
    const artifact = shelf.put('prd.md', '# PRD\n\n## Goals\n');
    const review = await reviewOf({ review: { artifacts: [artifact] } }, shelf);
    expect(review.decision).toBe('approve');
    expect(review.note).toContain(
      `prd.md: ${artifact.bytes} bytes, SHA-256 ${artifact.hash.slice(0, 12)} verified, 2 headings (PRD; Goals)`,
    );
  });

  it('asks for changes when the bytes are others than those that were handed in', async () => {
    const shelf = new Shelf();
    const artifact = shelf.put('prd.md', 'one');
    const read = shelf.read;
    const context = await contextOf({ kind: 'review', review: { artifacts: [artifact] } }, { shelf });
    const tampered = {
      ...context,
      readArtifact: async (hash: string) => new TextEncoder().encode(`${await read(hash)}!`),
    };
    await expect(runner.run(tampered)).resolves.toMatchObject({
      decision: 'request_changes',
      note: expect.stringContaining('does not have the hash'),
    });
  });

  it('asks for changes when it is empty, or was handed in again without a change', async () => {
    const shelf = new Shelf();
    const empty = shelf.put('prd.md', '');
    expect(await reviewOf({ review: { artifacts: [empty] } }, shelf)).toMatchObject({
      decision: 'request_changes',
    });
    const same = shelf.put('prd.md', 'same');
    const notes = [{ note: 'Say more', hash: same.hash }];
    expect(await reviewOf({ review: { artifacts: [same], notes } }, shelf)).toMatchObject({
      decision: 'request_changes',
      note: expect.stringContaining('without a change'),
    });
  });

  it('asks for changes once when it is told to, and counts the notes that were answered', async () => {
    const shelf = new Shelf();
    const first = shelf.put('prd.md', 'first');
    const options = { reject_once: true };
    expect(await reviewOf({ review: { artifacts: [first] } }, shelf, options)).toMatchObject({
      decision: 'request_changes',
    });
    const second = shelf.put('prd.md', 'second; Say more: done');
    const notes = [{ note: 'Say more', hash: first.hash }];
    expect(await reviewOf({ review: { artifacts: [second], notes } }, shelf, options)).toMatchObject({
      decision: 'approve',
      note: expect.stringContaining('1 of 1 earlier notes answered'),
    });
  });
});

describe('the registry of runners', () => {
  it.each(runnerNames)('knows %s', async (name) => {
    expect((await findRunner(name)).name).toBe(name);
  });

  it('names those there are when asked for another', async () => {
    await expect(findRunner('llm2')).rejects.toThrow(/script, command/);
  });
});
