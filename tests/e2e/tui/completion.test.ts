/** Real shells complete commands, options, values, files and what the company has, by the script that each is given. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findCommand } from '../../../build/find-command.ts';
import { newPlace } from '../../cli/place.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { openCommand, program } from './terminal.ts';

/** How each is started without what the machine's owner has set up, and how the page of `completion` says to load it. */
const shells = {
  bash: {
    command: 'bash --noprofile --norc -i',
    lines: ['PS1="ready> "', 'source <(agentcoord completion bash)'],
  },
  zsh: {
    command: 'zsh -f -i',
    lines: ['PS1="ready> "', 'autoload -Uz compinit; compinit -u', 'source <(agentcoord completion zsh)'],
  },
  fish: {
    command: 'fish -i',
    lines: [
      'function fish_prompt; echo "ready> "; end',
      'agentcoord completion fish > $HOME/.config/fish/completions/agentcoord.fish',
    ],
  },
} as const;

it.each(Object.keys(shells) as (keyof typeof shells)[])('completes in a real %s', async (name) => {
  // Installed before the first test; where that can't be, no shell is said to work that nobody tried.
  if (!findCommand(name))
    throw new Error(`There is no ${name} on this machine: install it to run this test.`);
  const place = await newPlace();
  await place.run('init', '--template', 'janus_dev');
  const { task } = await place.json('task', 'create', '--title', 'Price it', '--role', 'engineer');
  await place.serve('--workers', '0');
  const home = await temporaryFolder();
  const bin = path.join(home, 'bin');
  for (const folder of [bin, path.join(home, '.config/fish/completions')])
    await mkdir(folder, { recursive: true });
  await writeFile(path.join(home, 'my-company.yaml'), '');
  await writeFile(path.join(bin, 'agentcoord'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  await chmod(path.join(bin, 'agentcoord'), 0o755);
  const { command, lines } = shells[name];
  const env = `HOME='${home}' XDG_CONFIG_HOME= AGENTCOORD_DATA_DIR='${place.dataDir}' PATH='${bin}':"$PATH"`;
  await writeFile(path.join(home, 'start'), `cd '${home}'\nexport ${env}\nexec ${command}\n`);
  const terminal = await openCommand(`sh '${home}/start'`, { columns: 100, rows: 40 });
  for (const line of lines) {
    await terminal.type(line);
    await terminal.press('Enter');
  }
  await terminal.type('echo "loa"ded');
  await terminal.press('Enter');
  await terminal.shows(/^loaded$/m);
  const completes = async (typed: string, wanted: RegExp) => {
    await terminal.press('C-u', 'C-l');
    await terminal.type(typed);
    await terminal.press('Tab');
    return terminal.shows(wanted);
  };
  await completes('agentcoord epic cr', /agentcoord epic create$/m);
  await completes('agentcoord board list --state w', /--state waiting$/m);
  await completes('agentcoord board list --state=w', /--state=waiting$/m);
  await completes('agentcoord org apply my', /agentcoord org apply my-company.yaml/);
  await completes('agentcoord member why strat', /agentcoord member why strategy_pm/);
  await completes('agentcoord task show ta', new RegExp(`agentcoord task show ${task.id}`));
  await completes('agentcoord re', /agentcoord re/);
  await terminal.press('Tab');
  const listed = await terminal.shows(/resume .*\n/);
  expect(listed).toMatch(/reject +(-- |\().*/);
});
