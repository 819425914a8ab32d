/** The guide for people says what the channel really needs. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import manifest from '../../../plugins/discord/manifest.json' with { type: 'json' };
import { neededPermissions, permissionsInteger } from '../../../plugins/discord/room.ts';

it('has the number and the names of the permissions, and every setting and host', async () => {
  const guide = await readFile(new URL('../../../docs/discord.md', import.meta.url), 'utf8');
  expect(guide).toContain(`&permissions=${permissionsInteger}&scope=bot+applications.commands`);
  const words = guide.toLowerCase();
  for (const name of Object.keys(neededPermissions)) {
    const spelled = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
    expect(words, name).toContain(spelled === 'view channel' ? 'view channels' : spelled);
  }
  for (const setting of Object.keys(manifest.configSchema.properties))
    expect(guide).toContain(`\`${setting}\``);
  for (const host of manifest.hosts.filter((name) => !name.startsWith('{')))
    expect(guide).toContain(`\`${host}\``);
});
