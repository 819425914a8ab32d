/** The reviews of the host that runs: listed, begun, shown and stopped. */
import path from 'node:path';
import type { ReviewView } from '../../contract/reviews.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import { calledAs } from '../called-as.ts';
import { withHost } from '../company-session.ts';
import { reviewDocument } from '../documents/review-document.ts';
import { findNamed } from '../find-named.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine, plainLines } from '../output/plain-text.ts';
import type { Meaning } from '../output/style.ts';

const meanings = {
  running: 'alive',
  done: 'good',
  failed: 'failed',
  stopped: 'over',
} as const satisfies Record<ReviewView['state'], Meaning>;

export async function listReviews(options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withRunningHost(options, async (coordination) => {
    const reviews = (await coordination.reviews()).map(reviewDocument);
    output.answer({ reviews }, () =>
      reviews.length === 0
        ? `This host has reviewed nothing. Begin: ${calledAs()} reviews start PATH`
        : output.table(
            [
              { title: 'REVIEW', cell: ({ id }) => ({ text: id, meaning: 'over' }) },
              { title: 'STATE', cell: ({ state }) => ({ text: state, meaning: meanings[state] }) },
              { title: 'BY', cell: ({ model }) => model ?? 'rules' },
              { title: 'FOUND', cell: ({ parts }) => String(countOf(parts)), align: 'right' },
              { title: 'STARTED', cell: ({ startedAt }) => startedAt },
              { title: 'FOLDER', cell: (review) => review.path, shrinks: true },
            ],
            reviews,
          ),
    );
  });
}

/** @throws CoordError `NOT_FOUND` - there is no such folder; `WRONG_STATE` - one is under way */
export async function startReview(
  folder: string,
  model: string | null,
  options: GlobalOptions,
): Promise<void> {
  const output = openOutput(options.json);
  await withRunningHost(options, async (coordination) => {
    answer(await coordination.startReview({ path: path.resolve(folder), model }), output);
  });
}

/** @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several fit */
export async function showReview(key: string, act: 'show' | 'stop', options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withRunningHost(options, async (coordination) => {
    const rows = (await coordination.reviews()).map((view) => ({
      id: view.id,
      name: view.path,
      hint: view.state,
      view,
    }));
    const { id, view } = findNamed('review', key, rows);
    answer(act === 'stop' ? await coordination.stopReview({ id }) : view, output);
  });
}

/** Reviews are kept by the host that does them. @throws CoordError `NOT_CONNECTED` - none runs */
async function withRunningHost(
  options: GlobalOptions,
  use: (coordination: Coordination) => Promise<void>,
): Promise<void> {
  await withHost(options, async ({ coordination, host }) => {
    if (host) return await use(coordination);
    throw new CoordError(
      'NOT_CONNECTED',
      `No host runs, and reviews are kept by the host that does them. Start one with ${calledAs()} serve, or review a folder at once: ${calledAs()} review PATH`,
    );
  });
}

function answer(view: ReviewView, output: Output): void {
  const review = reviewDocument(view);
  const { style } = output;
  output.answer({ review }, () => {
    const { id, state, files, parts, failedBecause, summary } = review;
    const head = [
      `${style('strong', plainLine(review.path))} ${style(meanings[state], state)} ${style('over', id)}`,
      `  ${files === null ? 'being copied' : `${files} files`}, by ${plainLine(review.model ?? 'rules')}, ${countOf(parts)} findings`,
      ...(failedBecause === null ? [] : [`  ${style('failed', plainLine(failedBecause))}`]),
      ...parts.map(
        (part) => `  ${part.state.padEnd(7)} ${plainLine(part.title)}: ${part.findings.length} findings`,
      ),
    ];
    return [...head, ...(summary === null ? [] : ['', ...plainLines(summary.trimEnd())])].join('\n');
  });
}

const countOf = (parts: ReviewView['parts']): number =>
  parts.reduce((sum, { findings }) => sum + findings.length, 0);
