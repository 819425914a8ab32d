/** A review for people: the summary, and how it came about. */
import type { ReviewReport } from '../../serve/review/review-wish.ts';
import { plainLine, plainLines } from '../output/plain-text.ts';

export function reviewText({ summary, reviews, files, seconds, by, out, path }: ReviewReport): string {
  const unfounded = reviews.reduce((sum, review) => sum + review.unfounded, 0);
  return [
    plainLines(summary.trimEnd()).join('\n'),
    '',
    `${files} files of ${plainLine(path)}, ${reviews.length} reviews by ${reviews.length} workers in ${seconds.toFixed(1)} s.`,
    by === 'rules'
      ? 'Found by rules alone: they see what a line shows. With --model agents read the code.'
      : `Found by a model.${unfounded === 0 ? '' : ` ${unfounded} findings pointed at nothing and were left out.`}`,
    ...(out === null ? ['--out keeps the reports.'] : [`The reports are in ${plainLine(out)}.`]),
  ].join('\n');
}
