/** `agentcoord review`: a lead and six reviewers look through a folder, each for what is theirs. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { openProgress } from '../output/progress.ts';

interface ReviewOptions {
  readonly model?: string;
  readonly out?: string;
}

export function addReviewCommand(program: Command): void {
  program
    .command('review')
    .description(
      'review a folder: a lead divides it into six reviews, six workers do them at once, and the lead sums them up; by rules, offline, or by a model',
    )
    .argument('<path>', 'the folder; nothing in it is changed')
    .option('--model <model>', 'have agents read the code: claude-sonnet-5, openai/gpt-5 (see “models”)')
    .option('--out <folder>', 'where the summary and the reports are written to; it must not be there')
    .action(async (path: string, { model, out }: ReviewOptions, command: Command) => {
      const { dataDir, json } = globalOptions(command);
      const { defaultDataDir } = await import('../../serve/data-directory.ts');
      const { runReview } = await import('../../serve/review/run-review.ts');
      const { stopSignal } = await import('../../serve/stop-signal.ts');
      const { reviewText } = await import('../review/review-text.ts');
      const output = openOutput(json);
      const progress = openProgress('review', 'reviews');
      const report = await runReview({
        path,
        model: model ?? null,
        out: out ?? null,
        modelsFrom: dataDir ?? defaultDataDir(),
        note: (line) => {
          progress.end();
          output.note(line);
        },
        stop: stopSignal(),
        onProgress: ({ parts }) => {
          const over = parts.filter(({ state }) => state === 'done' || state === 'failed');
          if (parts.length > 0) progress.show(over.length, parts.length);
        },
      }).finally(progress.end);
      output.answer(report, () => reviewText(report));
    });
}
