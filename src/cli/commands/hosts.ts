/** `agentcoord hosts`: the machines that work for the company, and what each has of its work. */
import type { Command } from 'commander';
import type { EpochMs } from '../../core/units.ts';
import type { CompanyHostDocument } from '../documents/company-host-document.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { relativeTime } from '../output/time-text.ts';

export function addHostsCommand(program: Command): void {
  program
    .command('hosts')
    .description('list the machines that work for the company, and what each has of its work')
    .action(async (_options: object, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { companyHostDocument } = await import('../documents/company-host-document.ts');
      const { readNames } = await import('../documents/names.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const [views, names] = await Promise.all([coordination.query('hosts', {}), readNames(coordination)]);
        const hosts = views.map((view) => companyHostDocument(view, names));
        output.answer({ hosts }, () => {
          if (hosts.length === 0) return 'The company’s log is shared with no other host.';
          return output.table(
            [
              { title: 'HOST', cell: ({ id }) => ({ text: id, meaning: 'over' }) },
              {
                title: 'NAME',
                cell: ({ name, isThis }) => (isThis ? `${name} (this host)` : name),
                shrinks: true,
              },
              {
                title: 'STATE',
                cell: (host) =>
                  isUnseen(host)
                    ? { text: 'not seen', meaning: 'failed' }
                    : { text: host.state, meaning: meanings[host.state] },
              },
              {
                title: 'SINCE',
                cell: (host) => {
                  const since = (isUnseen(host) && host.seenAt) || host.since;
                  return relativeTime(Date.parse(since) as EpochMs, Date.now() as EpochMs);
                },
              },
              {
                title: 'WORKERS',
                cell: ({ workers }) => workers.map(({ agent }) => agent).join(', '),
                shrinks: true,
              },
              { title: 'TASKS AT HOME', cell: ({ tasks }) => String(tasks), align: 'right' },
            ],
            hosts,
          );
        });
      });
    });
}

/** It counts as there, and shows itself to nobody. */
function isUnseen({ state, isSeen }: CompanyHostDocument): boolean {
  return state === 'there' && isSeen === false;
}

const meanings = { there: 'alive', lost: 'failed', left: 'over' } as const;
