/** `agentcoord reviews`: those that the host that runs has under way, or has finished; `review` does one by itself. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';

export function addReviewsCommand(program: Command): void {
  const reviews = program.command('reviews').description('the reviews of the host that runs, as in the app');
  reviews
    .command('list', { isDefault: true })
    .description('list them, the newest first; they end with the host')
    .action(async (_options: object, command: Command) => {
      const { listReviews } = await import('../reviews/host-reviews.ts');
      await listReviews(globalOptions(command));
    });
  reviews
    .command('start')
    .description('have the host review a folder of its machine, and come back at once')
    .argument('<path>', 'the folder; nothing in it is changed')
    .option('--model <model>', 'have agents read the code: claude-sonnet-5, openai/gpt-5 (see “models”)')
    .action(async (path: string, { model }: { model?: string }, command: Command) => {
      const { startReview } = await import('../reviews/host-reviews.ts');
      await startReview(path, model ?? null, globalOptions(command));
    });
  for (const [name, description] of [
    ['show', 'print how far one is, what it found, and its summary'],
    ['stop', 'end one that is under way'],
  ] as const) {
    reviews
      .command(name)
      .description(description)
      .argument('<review>', 'its id, the beginning of it, or its folder')
      .action(async (key: string, _options: object, command: Command) => {
        const { showReview } = await import('../reviews/host-reviews.ts');
        await showReview(key, name, globalOptions(command));
      });
  }
}
