/** `agentcoord plugin`: what carries channels; for those who write one, and for those who install one. */
import type { Command } from 'commander';

const folderArgument = 'the folder with its manifest.json';

export function addPluginCommand(program: Command): void {
  const plugin = program
    .command('plugin')
    .description('install, write, check and pack what carries a channel');
  plugin
    .command('list', { isDefault: true })
    .description('list the plugins there are, and those that were not taken, with the reason')
    .action(async (_options: object, command: Command) => {
      const { listPlugins } = await import('../plugins/own-plugins.ts');
      await listPlugins(command);
    });
  plugin
    .command('install')
    .description('put a plugin beside your own ones; it runs only once you agree to what it asks for')
    .argument('<file or folder>', 'an .acplug archive, or a folder with a manifest.json')
    .option('--change-signer', 'let it take the place of one that is signed by another key')
    .action(async (source: string, options: { changeSigner?: true }, command: Command) => {
      const { installPlugin } = await import('../plugins/own-plugins.ts');
      await installPlugin(source, options.changeSigner === true, command);
    });
  plugin
    .command('remove')
    .description('remove a plugin that you installed')
    .argument('<id>', 'as `plugin list` names it')
    .action(async (id: string, _options: object, command: Command) => {
      const { removePlugin } = await import('../plugins/own-plugins.ts');
      await removePlugin(id, command);
    });
  plugin
    .command('init')
    .description('write the beginning of a plugin, which works')
    .argument('<folder>', 'a new one; its name is the id of the plugin')
    .action(async (folder: string, _options: object, command: Command) => {
      const { initPlugin } = await import('../plugins/init-plugin.ts');
      await initPlugin(folder, command);
    });
  plugin
    .command('check')
    .description('run the contract suite against a plugin in its own process; it really sends its messages')
    .argument('<folder>', folderArgument)
    .option('--settings <file>', 'its settings with secrets, as a JSON object; - is the standard input')
    .action(async (folder: string, options: { settings?: string }, command: Command) => {
      const { checkPlugin } = await import('../plugins/check-plugin.ts');
      await checkPlugin(folder, options.settings ?? null, command);
    });
  plugin
    .command('pack')
    .description('make one file of a plugin, with the checksum of everything in it')
    .argument('<folder>', folderArgument)
    .option('--key <file>', 'an ed25519 private key in PEM, to sign it')
    .option('--out <file>', 'where to put it (default: <id>-<version>.acplug)')
    .action(async (folder: string, options: { key?: string; out?: string }, command: Command) => {
      const { packToFile } = await import('../plugins/pack-plugin.ts');
      await packToFile(folder, options, command);
    });
}
