/** `agentcoord models`: which models agents can call, and with whose key. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { modelKinds } from '../../contract/model-access.ts';
import type { SetModelOptions } from '../models/set-model.ts';

export function addModelsCommand(program: Command): void {
  const models = program
    .command('models')
    .description('say which models agents can call (the runner llm), where they answer and with which key');
  models
    .command('show', { isDefault: true })
    .description('the providers that this data directory knows, and where the key of each comes from')
    .action(async (_options: object, command: Command) => {
      const { showModels } = await import('../models/show-models.ts');
      await showModels(command);
    });
  models
    .command('set')
    .description(
      'asks for the key of a provider without showing it, or reads it from stdin, and puts it into your keychain',
    )
    .argument('<provider>', 'anthropic, openai, or a name of your own for another endpoint')
    .option(
      '--base-url <url>',
      'where it answers, such as http://127.0.0.1:11434/v1 of a model on this machine',
    )
    .addOption(
      new Option(
        '--kind <kind>',
        'how it is spoken to (default: openai-compatible for a name of your own)',
      ).choices(modelKinds),
    )
    .option('--model <name>', 'what members use who name no model')
    .option('--no-key', 'it takes none')
    .action(async (provider: string, options: SetModelOptions, command: Command) => {
      const { setModel } = await import('../models/set-model.ts');
      await setModel(provider, options, command);
    });
  models
    .command('forget')
    .description('forget a provider, and take its key out of your keychain')
    .argument('<provider>')
    .action(async (provider: string, _options: object, command: Command) => {
      const { forgetModel } = await import('../models/set-model.ts');
      await forgetModel(provider, command);
    });
  models
    .command('test')
    .description('call a model once, with a few words: whether it answers, how fast, and what it costs')
    .argument('<provider>')
    .option('--model <name>', 'another than the one that was set')
    .action(async (provider: string, { model }: { model?: string }, command: Command) => {
      const { testModel } = await import('../models/test-model.ts');
      await testModel(provider, model ?? null, command);
    });
}
