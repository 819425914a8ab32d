/** `agentcoord audit`: who did what, when and why, and what it changed. */
import type { Command } from 'commander';
import type { EpochMs } from '../../core/units.ts';
import type { AuditDocument } from '../documents/audit-document.ts';
import { openOutput } from '../output/output.ts';
import { relativeTime } from '../output/time-text.ts';
import type { AuditOptions } from './audit-options.ts';
import { addAuditOptions, auditFilter, auditUntil } from './audit-options.ts';
import { wholeNumber } from './shared-options.ts';

export function addAuditCommand(program: Command): void {
  addAuditOptions(
    program
      .command('audit')
      .description('list what happened, the newest first: who, what, why, what it changed'),
  )
    .option('--limit <number>', 'entries, at most', wholeNumber(1, 100_000), 50)
    .action(async ({ limit, ...asked }: AuditOptions & { limit: number }, command: Command) => {
      const { options, wish } = auditUntil(asked, command);
      const { withCompany } = await import('../company-session.ts');
      const { auditEntries } = await import('../audit-entries.ts');
      const { auditDocument } = await import('../documents/audit-document.ts');
      const { readNames } = await import('../documents/names.ts');
      const { changeText } = await import('../output/change-text.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const filter = await auditFilter(coordination, wish);
        const entries: AuditDocument[] = [];
        for await (const entry of auditEntries(coordination, { ...filter, order: 'newest' }, limit)) {
          entries.push(auditDocument(entry));
        }
        const now = Date.now() as EpochMs;
        const telling = { now, nameOf: (await readNames(coordination)).member };
        // What is kept in a file would not say any more when that was.
        const isLooked = process.stdout.isTTY === true;
        const ago = (at: string) => (isLooked ? relativeTime(Date.parse(at) as EpochMs, now) : at);
        output.answer({ entries }, () => {
          if (entries.length === 0) return 'Nothing that happened fits.';
          return output.table(
            [
              { title: 'EVENT', cell: ({ seq }) => ({ text: String(seq), meaning: 'over' }), align: 'right' },
              { title: 'WHEN', cell: ({ at }) => ago(at) },
              { title: 'WHO', cell: ({ actor }) => actor.name },
              { title: 'WHAT', cell: ({ what }) => what, shrinks: true },
              { title: 'WHY', cell: ({ reason }) => reason ?? '', shrinks: true },
              {
                title: 'CHANGED',
                cell: ({ changes }) => ({ text: changeText(changes, telling), meaning: 'over' }),
                shrinks: true,
              },
            ],
            entries,
          );
        });
      });
    });
}
