/** The runner that needs nothing: writes a real artifact for each kind of step, offline and always the same. */
import { z } from 'zod';
import type { RunContext, Runner } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';
import { durationTextSchema } from '../core/org/duration-text.ts';
import type { MicroUsd } from '../core/units.ts';
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
  /** What each attempt spends, as a call to a model would: US dollars, and tokens in and out together. */
  spends: z
    .strictObject({
      model: z.string().min(1).default('script'),
      money: z.number().nonnegative().default(0),
      tokens: z.number().int().nonnegative().default(0),
    })
    .optional(),
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
      if (options.spends) await spend(context, options.spends);
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

type Spends = NonNullable<z.output<typeof optionsSchema>['spends']>;

async function spend(context: RunContext, { model, money, tokens }: Spends): Promise<void> {
  const cost = Math.round(money * 1_000_000) as MicroUsd;
  const call = await context.spend({ model, tokens, money: cost });
  await call.settle({ tokensIn: tokens, tokensOut: 0, money: cost });
  context.log(`spent $${money} and ${tokens} tokens on ${model}`);
}
