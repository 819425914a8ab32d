/** The runner that needs nothing: writes a real artifact for each kind of step, offline and always the same. */
import { z } from 'zod';
import type { Runner } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';
import { durationTextSchema } from '../core/org/duration-text.ts';
import { readOptions } from './read-options.ts';
import { gatherFacts } from './script/facts.ts';
import { reviewArtifacts } from './script/review-artifacts.ts';
import { writeArtifact } from './script/write-artifact.ts';
import { waitUnlessEnded } from './wait.ts';

const optionsSchema = z.strictObject({
  /** The first so many attempts at each task fail. */
  fail: z.number().int().min(0).max(100).default(0),
  /** How long each attempt takes. */
  slow: durationTextSchema.prefault('0s'),
  /** As a reviewer, asks for changes to what is handed in for the first time. */
  reject_once: z.boolean().default(false),
});

export function createScriptRunner(): Runner {
  return {
    name: 'script',
    run: async (context) => {
      const options = readOptions('script', optionsSchema, context.options);
      const { task } = context.brief;
      if (options.slow > 0) {
        context.log(`takes its time: ${options.slow / 1_000} s`);
        await waitUnlessEnded(options.slow, context.signal);
      }
      const attempt = Math.max(1, task.attempts.length);
      if (attempt <= options.fail) {
        throw new CoordError(
          'RUNNER_FAILED',
          `Attempt ${attempt} fails, as the option "fail: ${options.fail}" says`,
        );
      }
      if (task.kind === 'review') {
        const review = await reviewArtifacts(context, options.reject_once);
        context.log(`${review.decision}: ${review.note}`);
        return review;
      }
      const file = writeArtifact(await gatherFacts(context));
      context.log(`wrote ${file.path}, ${file.bytes.length} bytes`);
      return { kind: 'artifacts', files: [file] };
    },
  };
}
