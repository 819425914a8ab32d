/**
 * The runner that has a model do the task: it calls the model, carries out the tools that the model asks for, and tells it
 * what came of them, until the model hands in, asks somebody, or has used up its turns. Docs: docs/workers.md.
 */
import type { Runner } from '../contract/runner.ts';

export function createLlmRunner(): Runner {
  return {
    name: 'llm',
    // The SDKs of the providers take a while to load: only whoever calls a model waits for that.
    run: async (context) => (await import('./llm/run-with-model.ts')).runWithModel(context),
  };
}
