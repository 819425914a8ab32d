/** A change counts once it is merged: what builds on it waits, and its epic is complete only then. */
import { expect, it } from 'vitest';
import { company } from '../companies.ts';
import { artifact, host, sha256 } from '../kit.ts';

const [base = '', first = '', second = ''] = ['a', 'b', 'c'].map((digit) => digit.repeat(40));

const flow = {
  name: 'flow',
  steps: [
    { id: 1, title: 'Code', role: 'engineer', checks: ['npm test'] },
    { id: 2, title: 'Ship', role: 'engineer', depends_on: [1] },
  ],
};

function begun() {
  const world = company({ workflows: [flow] });
  world.route('flow');
  const { id: taskId, lease } = world.claim('ann', 'Code') ?? {};
  const held = { taskId: taskId ?? '', token: lease?.token ?? 0 };
  const run = (command: string, exitCode: number | null) => ({ command, exitCode, took: 5, tail: 'ok' });
  const proofOf = (runs: ReturnType<typeof run>[], commit: string | null = first) => ({
    hash: sha256('x'),
    commit,
    checks: runs,
  });
  const complete = {
    type: 'task.complete' as const,
    ...held,
    artifacts: [artifact('x')],
    change: { commit: first, base },
  };
  return { world, held, run, proofOf, complete };
}

it.each([
  ['without its checks', () => null],
  ['with a check that failed', ({ run, proofOf }: ReturnType<typeof begun>) => proofOf([run('npm test', 1)])],
  [
    'with a check that was killed',
    ({ run, proofOf }: ReturnType<typeof begun>) => proofOf([run('npm test', null)]),
  ],
  ['with another check', ({ run, proofOf }: ReturnType<typeof begun>) => proofOf([run('true', 0)])],
  [
    'with checks of another commit',
    ({ run, proofOf }: ReturnType<typeof begun>) => proofOf([run('npm test', 0)], second),
  ],
  [
    'with one check too many',
    ({ run, proofOf }: ReturnType<typeof begun>) => proofOf([run('npm test', 0), run('true', 0)]),
  ],
])('is not completed %s', (_how, proof) => {
  const begin = begun();
  const { world, complete } = begin;
  expect(world.refusal('ann', { ...complete, proof: proof(begin) })).toMatchObject({ code: 'CHECKS_FAILED' });
  expect(world.task('Code').state).toBe('leased');
});

it('keeps what builds on it waiting until it is merged, and the epic open', () => {
  const { world, complete, run, proofOf } = begun();
  world.do('ann', { ...complete, proof: proofOf([run('npm test', 0)]) });
  expect(world.task('Code')).toMatchObject({ state: 'done', submission: { proof: { commit: first } } });
  expect(world.task('Ship').state).toBe('blocked');
  const merge = { taskId: complete.taskId, commit: first, paths: ['a.txt'] };
  const stale = { type: 'task.merge' as const, ...merge, onto: second, head: second };
  expect(world.refusal(host, stale)).toMatchObject({ code: 'WRONG_STATE' });
  world.do(host, { ...stale, onto: null, head: first });
  expect(world.task('Ship').state).toBe('ready');
  expect(world.refusal(host, { ...stale, onto: first })).toMatchObject({ code: 'WRONG_STATE' });
});

it('goes back to whoever made it with the files that conflict, and nothing else begins', () => {
  const { world, complete, run, proofOf } = begun();
  world.do('ann', { ...complete, proof: proofOf([run('npm test', 0)]) });
  const conflict = {
    type: 'task.report_conflict' as const,
    taskId: complete.taskId,
    commit: first,
    onto: null,
  };
  world.do(host, { ...conflict, paths: ['src/a.txt'] });
  expect(world.task('Code')).toMatchObject({
    state: 'ready',
    reserved: true,
    notes: [{ gateId: null, note: expect.stringContaining('src/a.txt') }],
  });
  expect(world.task('Ship').state).toBe('blocked');
});
