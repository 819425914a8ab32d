/** `agentcoord export`: the audit as a file for other programs. */
import type { Command } from 'commander';
import { Option } from 'commander';
import type { AuditEntry } from '../../contract/audit.ts';
import type { ExportFormat } from '../export-audit.ts';
import { openOutput } from '../output/output.ts';
import type { AuditOptions } from './audit-options.ts';
import { addAuditOptions, auditFilter, auditUntil } from './audit-options.ts';

interface ExportOptions extends AuditOptions {
  readonly format?: ExportFormat;
  readonly out?: string;
}

export function addExportCommand(program: Command): void {
  addAuditOptions(
    program
      .command('export')
      .description('write what happened, the oldest first, for other programs to read'),
  )
    .addOption(
      new Option(
        '--format <format>',
        'one JSON document a line, or a table (default: by the ending of --out, else jsonl)',
      ).choices(['jsonl', 'csv']),
    )
    .option('--out <file>', 'into this file instead of stdout')
    .action(async ({ format: named, out, ...asked }: ExportOptions, command: Command) => {
      const format = named ?? (out?.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl');
      const { options, wish } = auditUntil(asked, command);
      const { withCompany } = await import('../company-session.ts');
      const { auditEntries } = await import('../audit-entries.ts');
      const { writeAudit, writeAuditFile } = await import('../export-audit.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const filter = await auditFilter(coordination, wish);
        const entries = auditEntries(coordination, { ...filter, order: 'oldest' });
        if (out === undefined) {
          await writeAudit(entries, format, process.stdout);
          return;
        }
        const { seq: head } = await coordination.query('status', {});
        const { openProgress } = await import('../output/progress.ts');
        const progress = openProgress(`export to ${out}`, 'events');
        const counted = counting(entries, (seq) => progress.show(seq, head));
        const count = await writeAuditFile(counted, format, out).finally(progress.end);
        output.answer({ file: out, format, entries: count }, () => `${count} entries written to ${out}`);
      });
    });
}

/** The same entries; says of each which event it is about. */
async function* counting(
  entries: AsyncIterable<AuditEntry>,
  tell: (seq: number) => void,
): AsyncGenerator<AuditEntry> {
  for await (const entry of entries) {
    tell(entry.seq);
    yield entry;
  }
}
