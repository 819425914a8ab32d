/** What is handed in, and the hash that stands for it. */
import { describe, expect, it } from 'vitest';
import { submissionHash } from '../../../src/core/task/submission.ts';
import { artifactSchema } from '../../../src/core/task/task-commands.ts';
import { company, oneGate } from '../companies.ts';
import { artifact, only, sha256, typesOf } from '../kit.ts';

describe('the hash of a submission', () => {
  it.each([
    ['nothing: the hash of no bytes', [], sha256('')],
    ['one artifact: its own', [artifact('x', 'x.md')], sha256('x')],
    [
      'several: of their list, sorted by path, as sha256sum prints it',
      [artifact('y', 'y.md'), artifact('x', 'a/x.md')],
      sha256(`${sha256('x')}  a/x.md\n${sha256('y')}  y.md\n`),
    ],
  ])('of %s', (_what, artifacts, expected) => {
    expect(submissionHash(artifacts, sha256)).toBe(expected);
  });
});

describe('the path of an artifact', () => {
  const accepts = (path: string) => artifactSchema.safeParse(artifact('x', path)).success;

  it.each([
    ['two lines in one', `a\n${sha256('y')}  b`],
    ['a way out', '../a'],
    ['a way out in the middle', 'a/../../b'],
    ['an absolute path', '/etc/passwd'],
    ['a drive', 'C:/a'],
    ['a backslash', 'a\\b'],
    ['a NUL', 'a\0b'],
    ['a carriage return', 'a\rb'],
    ['an empty part', 'a//b'],
    ['the folder itself', '.'],
  ])('may not be %s', (_what, path) => {
    expect(accepts(path)).toBe(false);
  });

  it('is relative, on one line', () => {
    expect(['a', 'a/b.md', 'a b/ü..ts', '..a'].map(accepts)).toEqual([true, true, true, true]);
  });
});

describe('completing', () => {
  const world = () =>
    company({ workflows: [oneGate({ name: 'review', position: 'after', requires: { em: 1 } })] });

  it('a single task is the end of it', () => {
    const given = world();
    given.do('owner', { type: 'task.create', title: 'a', roleId: null });
    expect(typesOf(given.finish('ann', 'a'))).toEqual(['task.done']);
    const submission = { memberId: given.member('ann').id, at: given.now };
    expect(given.task('a')).toMatchObject({ state: 'done', lease: null, submission });
  });

  it('a step asks its gate about exactly what was handed in', () => {
    const given = world();
    given.route('one_gate');
    const asked = only(given.finish('ann', 'Work', 'the work'), 'gate.asked');
    expect(asked).toMatchObject({ artifactHash: sha256('the work'), authors: [given.member('ann').id] });
    expect(given.task('Work').state).toBe('awaiting_gate');
  });

  it.each([
    ['a step with nothing', 'Work', [], /hand in an artifact/],
    ['two artifacts of one path', 'Work', [artifact('x'), artifact('y')], /two artifacts as result.md/],
  ])('is refused: %s', (_what, title, artifacts, message) => {
    const given = world();
    given.route('one_gate');
    const { id, lease } = given.claim('ann', title) ?? {};
    const token = lease?.token ?? 0;
    const refusal = given.refusal('ann', { type: 'task.complete', taskId: id ?? '', token, artifacts });
    expect([refusal.code, refusal.message]).toEqual(['BAD_INPUT', expect.stringMatching(message)]);
  });

  it('a review takes a decision, everything else artifacts', () => {
    const given = world();
    given.route('one_gate');
    const step = given.claim('ann', 'Work');
    const held = { taskId: step?.id ?? '', token: step?.lease?.token ?? 0 };
    expect(given.refusal('ann', { type: 'task.answer', ...held, decision: 'approve' }).code).toBe(
      'BAD_INPUT',
    );
    given.do('ann', { type: 'task.complete', ...held, artifacts: [artifact('x')] });
    const review = given.claim('emma');
    const reviewing = { taskId: review?.id ?? '', token: review?.lease?.token ?? 0 };
    expect(review?.kind).toBe('review');
    expect(given.refusal('emma', { type: 'task.complete', ...reviewing, artifacts: [] }).code).toBe(
      'BAD_INPUT',
    );
  });
});
