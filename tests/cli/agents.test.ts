/** Which coding agents there are is seen on the machine as it is: here, on one that a test has laid out. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { runAgentcoord } from './run-agentcoord.ts';

it('names the agents, their versions, and who has logged in', async () => {
  const folder = await temporaryFolder();
  const program = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(path.join(folder, name), 0o755);
  };
  await program('codex', 'echo "codex-cli 0.171.0"');
  await program('gemini', 'exit 3');
  await program('codex-acp', 'exit 0');
  await mkdir(path.join(folder, '.codex'));
  await writeFile(path.join(folder, '.codex/auth.json'), '{}');
  const env = { PATH: `${folder}:/usr/bin:/bin`, HOME: folder };
  const { stdout } = await runAgentcoord(['agents', '--json'], { env });
  const { agents } = JSON.parse(stdout);
  expect(agents).toMatchObject([
    { name: 'claude', program: null, version: null, loggedIn: null, acp: false },
    { name: 'codex', program: path.join(folder, 'codex'), version: '0.171.0', loggedIn: true, acp: true },
    { name: 'gemini', version: null, loggedIn: false, acp: true },
    { name: 'opencode', program: null },
  ]);
});
