/** Reviews what a gate is about: reads every artifact, checks its hash, and says what it looked at. */
import { createHash } from 'node:crypto';
import type { RunContext, RunResult } from '../../contract/runner.ts';
import { CoordError } from '../../core/error.ts';
import type { ArtifactHash } from '../../core/ids.ts';
import { submissionHash } from '../../core/task/submission.ts';
import { headingsOf, textOf } from './facts.ts';
import { oneLine } from './markdown.ts';

type Review = Extract<RunResult, { kind: 'review' }>;

export async function reviewArtifacts(
  { brief, readArtifact }: Pick<RunContext, 'brief' | 'readArtifact'>,
  rejectFirst: boolean,
): Promise<Review> {
  const { review, task, epic } = brief;
  if (!review || !task.review) {
    throw new CoordError('RUNNER_FAILED', `The review ${task.id} does not say what it is about`);
  }
  const checked: string[] = [];
  const faults: string[] = [];
  let wholeText = '';
  for (const { hash, path } of review.artifacts) {
    const bytes = await readArtifact(hash);
    const text = textOf(bytes);
    wholeText += `${text}\n`;
    if (sha256(bytes) !== hash) faults.push(`${path} does not have the hash that it was handed in with`);
    if (bytes.length === 0) faults.push(`${path} is empty`);
    const headings = headingsOf(text);
    const about =
      headings.length > 0 ? `, ${headings.length} headings (${headings.slice(0, 3).join('; ')})` : '';
    checked.push(`${path}: ${bytes.length} bytes, SHA-256 ${hash.slice(0, 12)} verified${about}`);
  }
  if (review.artifacts.length === 0) checked.push(`the text of "${epic?.title ?? ''}"`);
  else if (submissionHash(review.artifacts, sha256) !== task.review.artifactHash) {
    faults.push('the artifacts are not those that the gate asks about');
  }

  const notes = review.gate.rule.position === 'after' ? (review.task?.notes ?? []) : [];
  if (notes.some(({ artifactHash }) => artifactHash === task.review?.artifactHash)) {
    faults.push('it was handed in again without a change');
  }
  if (notes.length > 0) {
    const answered = notes.filter(({ note }) => oneLine(wholeText).includes(oneLine(note))).length;
    checked.push(`${answered} of ${notes.length} earlier notes answered`);
  }
  if (faults.length > 0)
    return { kind: 'review', decision: 'request_changes', note: `${faults.join('; ')}.` };
  if (rejectFirst && review.gate.rule.position === 'after' && notes.length === 0) {
    const note = `Say who it is for and how we will know that it works. (Read ${checked.join('; ')}.)`;
    return { kind: 'review', decision: 'request_changes', note };
  }
  return { kind: 'review', decision: 'approve', note: `Checked ${checked.join('; ')}.` };
}

function sha256(content: string | Uint8Array): ArtifactHash {
  return createHash('sha256').update(content).digest('hex') as ArtifactHash;
}
