/** `agentcoord conflicts`: what a host did while it was cut off, and does not fit any more; to do it again, or drop it. */
import type { Command } from 'commander';
import type { Coordination } from '../../contract/rpc.ts';
import type { CommandInput } from '../../core/command.ts';
import type { Conflict } from '../../core/conflict/conflict.ts';
import type { ConflictId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import type { ConflictDocument } from '../documents/conflict-document.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { relativeTime } from '../output/time-text.ts';

export function addConflictsCommand(program: Command): void {
  const conflicts = program
    .command('conflicts')
    .description('see what a host did while it was cut off and did not fit any more, and resolve it');
  const one = (name: string, description: string) =>
    conflicts.command(name).description(description).argument('<conflict>', 'its id, or the beginning of it');
  conflicts
    .command('list', { isDefault: true })
    .description('list the conflicts that wait for somebody')
    .option('--all', 'also those that are resolved', false)
    .action(list);
  one('show', 'show a conflict with everything that is kept of it').action(
    (key: string, _options: object, command: Command) => show(key, command, null),
  );
  one('reapply', 'do it now, in the name of whoever did it').action(
    (key: string, _options: object, command: Command) =>
      show(key, command, (conflictId) => ({ type: 'conflict.reapply', conflictId })),
  );
  one('drop', 'give it up')
    .requiredOption('--reason <text>', 'why; it is kept')
    .action((key: string, { reason }: { reason: string }, command: Command) =>
      show(key, command, (conflictId) => ({ type: 'conflict.drop', conflictId, reason })),
    );
}

async function list({ all }: { all: boolean }, command: Command): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { conflictDocument } = await import('../documents/conflict-document.ts');
  const { readNames } = await import('../documents/names.ts');
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const [rows, names] = await Promise.all([
      coordination.query('conflicts', { all }),
      readNames(coordination),
    ]);
    const conflicts = rows.map((conflict) => conflictDocument(conflict, names));
    const ago = (at: string) => relativeTime(Date.parse(at) as EpochMs, Date.now() as EpochMs);
    output.answer({ conflicts }, () => {
      if (conflicts.length === 0) return all ? 'There is no conflict.' : 'No conflict waits.';
      return output.table(
        [
          { title: 'CONFLICT', cell: ({ id }) => ({ text: id, meaning: 'over' }) },
          { title: 'WHEN', cell: ({ decidedAt }) => ago(decidedAt) },
          { title: 'WHO', cell: ({ by }) => by.name },
          { title: 'WHAT', cell: (conflict) => String(conflict.command['type']) },
          { title: 'DOES NOT FIT', cell: ({ refusal }) => refusal.message, shrinks: true },
          { title: 'STATE', cell: stateOf },
        ],
        conflicts,
      );
    });
  });
}

function stateOf({ resolution }: ConflictDocument) {
  return resolution
    ? ({ text: resolution.how, meaning: 'over' } as const)
    : ({ text: 'waits', meaning: 'waiting' } as const);
}

/** @param asked what is done with it first; null: nothing */
async function show(
  key: string,
  command: Command,
  asked: ((conflictId: ConflictId) => CommandInput) | null,
): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { conflictDocument } = await import('../documents/conflict-document.ts');
  const { readNames } = await import('../documents/names.ts');
  const { conflictText } = await import('../output/conflict-text.ts');
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    let found = await findConflict(coordination, key);
    if (asked) {
      await coordination.command(asked(found.id));
      found = await findConflict(coordination, found.id);
    }
    const conflict = conflictDocument(found, await readNames(coordination));
    output.answer({ conflict }, () => conflictText(conflict, output));
  });
}

/** @throws CoordError `NOT_FOUND`, `BAD_INPUT` when several fit */
async function findConflict(coordination: Coordination, key: string): Promise<Conflict> {
  const { findNamed } = await import('../find-named.ts');
  const conflicts = await coordination.query('conflicts', { all: true });
  const named = conflicts.map((conflict) => ({
    id: conflict.id,
    name: conflict.command.type,
    hint: conflict.resolution?.how ?? 'waits',
    conflict,
  }));
  return findNamed('conflict', key, named).conflict;
}
