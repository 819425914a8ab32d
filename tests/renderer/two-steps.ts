/** A company with a workflow of two steps: what is built is looked at, and tested then. */
import { company } from '../core/companies.ts';
import type { World } from '../core/kit.ts';

const workflow = {
  name: 'two_steps',
  steps: [
    {
      id: 'build',
      title: 'Build',
      role: 'engineer',
      gates: [{ name: 'look', position: 'after' as const, requires: { em: 1 } }],
    },
    { id: 'test', title: 'Test', role: 'qa_eng', depends_on: ['build'] },
  ],
};

/** With an epic through it, in one story unless these are named. */
export function twoSteps(stories: readonly string[] = []): World {
  const made = company({ workflows: [workflow] });
  made.route('two_steps', stories.length > 0 ? { stories: [...stories] } : {});
  return made;
}
