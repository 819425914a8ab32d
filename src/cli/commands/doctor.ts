/** `agentcoord doctor`: whether this machine and this data directory are in order, and what to do if not. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AnsweredRefusal } from '../answered-refusal.ts';
import type { Finding } from '../doctor/finding.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

const meanings = { ok: 'good', warn: 'waiting', fail: 'failed' } as const;

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'look whether this machine and the data directory are in order; exit code 1 when something fails',
    )
    .action(async (_options: object, command: Command) => {
      const options = globalOptions(command);
      const { defaultDataDir } = await import('../../serve/data-directory.ts');
      const machine = await import('../doctor/machine.ts');
      const data = await import('../doctor/data.ts');
      const { checkFolder, checkRoom } = await import('../doctor/folder.ts');
      const { checkPlugins } = await import('../doctor/plugins.ts');
      const { checkRedis } = await import('../doctor/redis.ts');
      const output = openOutput(options.json);
      const dataDir = resolve(options.dataDir ?? defaultDataDir());
      const sqlite = machine.checkSqlite();
      const findings: Finding[] = [
        machine.checkNode(),
        sqlite,
        await checkFolder(dataDir),
        await checkRoom(dataDir),
        await data.checkHost(dataDir),
        ...(sqlite.state === 'ok' ? await data.checkLogs(dataDir) : []),
        await machine.checkClock(),
        machine.checkWindow(),
        ...(await checkPlugins(dataDir)),
        await checkRedis(dataDir),
      ];
      const ok = findings.every(({ state }) => state !== 'fail');
      output.answer({ ok, dataDir, findings }, () =>
        findings
          .map(({ about, state, found, todo }) => {
            const line = `${output.style(meanings[state], state.padEnd(4))}  ${about}: ${found}`;
            return todo === null ? line : `${line}\n      ${todo}`;
          })
          .join('\n'),
      );
      if (!ok) throw new AnsweredRefusal();
    });
}
