/** `agentcoord epic create|show|cancel`: routes an epic through a workflow, shows one whole, gives one up. */
import type { Command } from 'commander';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { collect, priorityOption } from './shared-options.ts';

interface CreateEpicOptions {
  readonly workflow: string;
  readonly title: string;
  readonly description: string;
  readonly story: readonly string[];
  readonly priority?: 'LOW' | 'NORMAL' | 'HIGH' | 'URGENT';
  readonly force: boolean;
}

export function addEpicCommand(program: Command): void {
  const epic = program.command('epic').description('work with epics');
  epic
    .command('create')
    .description('route an epic through a workflow')
    .requiredOption('--workflow <name>', 'the workflow it passes through')
    .requiredOption('--title <title>', 'what it is about')
    .option('--description <text>', 'what the agents should know', '')
    .option(
      '--story <title>',
      'a pass of its own through the workflow; may be given several times',
      collect,
      [],
    )
    .addOption(priorityOption("instead of the workflow's own"))
    .option('--force', 'route it even if the check says that it could never finish', false)
    .action(createEpic);
  const one = (name: string, description: string) =>
    epic
      .command(name)
      .description(description)
      .argument('<epic>', 'its id, the beginning of it, or its title');
  one('show', 'show an epic with its tasks and gates').action(
    async (key: string, _options: object, command: Command) => {
      const { showEpic } = await import('../epics/show-epic.ts');
      await showEpic(key, null, globalOptions(command));
    },
  );
  one('cancel', 'give an epic up, with all of its tasks; whoever works on them is stopped')
    .requiredOption('--reason <text>', 'why; whoever had a task reads it')
    .action(async (key: string, { reason }: { reason: string }, command: Command) => {
      const { showEpic } = await import('../epics/show-epic.ts');
      await showEpic(key, { cancel: reason }, globalOptions(command));
    });
}

async function createEpic(wish: CreateEpicOptions, command: Command): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { epicDocument } = await import('../documents/epic-document.ts');
  const { createdEpicId } = await import('../created.ts');
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination, host }) => {
    const receipt = await coordination.command({
      type: 'epic.create',
      workflow: wish.workflow,
      title: wish.title,
      description: wish.description,
      stories: [...wish.story],
      priority: wish.priority ?? null,
      force: wish.force,
    });
    const view = await coordination.query('epic', { epicId: createdEpicId(receipt) });
    const epic = epicDocument(view);
    output.answer(
      { epic },
      () => `${epic.id}: ${epic.tasks.total} tasks through ${epic.workflow}, priority ${epic.priority}`,
    );
    if (!host) output.note(`No host runs, so nobody works on it yet: \`${calledAs()} serve\` starts one.`);
  });
}
