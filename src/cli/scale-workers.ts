/** Shows and sets the rules that say how many workers there are. */
import type { ScalingView } from '../contract/worker-facts.ts';
import type { CommandInput } from '../core/command.ts';
import type { EpochMs } from '../core/units.ts';
import { withCompany } from './company-session.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Output } from './output/output.ts';
import { openOutput } from './output/output.ts';
import { durationText, isoTime, relativeTime } from './output/time-text.ts';

export interface ScalingDocument {
  readonly name: string;
  readonly role: string | null;
  readonly tag: string | null;
  readonly min: number;
  readonly max: number;
  readonly tasksPerWorker: number;
  readonly upCooldownSeconds: number;
  readonly downCooldownSeconds: number;
  /** Workers that it asks for now, and those that live. */
  readonly size: number;
  readonly live: number;
  readonly ready: number;
  readonly underWay: number;
  readonly changedAt: string | null;
}

type RuleInput = Extract<CommandInput, { type: 'scaling.set' }>['rule'];

/** The rule is told as it is afterwards. */
export async function setScaling(rule: RuleInput, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    await coordination.command({ type: 'scaling.set', rule });
    const rules = await coordination.query('scalings', {});
    const [set] = rules.filter(({ scaling }) => scaling.id === rule.name).map(scalingDocument);
    output.answer({ rule: set ?? null }, () => (set ? rulesTable([set], output) : ''));
  });
}

export async function listScaling(options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const rules = (await coordination.query('scalings', {})).map(scalingDocument);
    output.answer({ rules }, () =>
      rules.length === 0
        ? 'There is no rule: each agent with work has a worker, up to the --workers of the host.'
        : rulesTable(rules, output),
    );
  });
}

function scalingDocument({ scaling, load, live }: ScalingView): ScalingDocument {
  const { id, roleId, tag, min, max, tasksPerWorker, upCooldown, downCooldown, size, changedAt } = scaling;
  return {
    name: id,
    role: roleId,
    tag,
    min,
    max,
    tasksPerWorker,
    upCooldownSeconds: upCooldown / 1_000,
    downCooldownSeconds: downCooldown / 1_000,
    size,
    live,
    ...load,
    changedAt: changedAt && isoTime(changedAt),
  };
}

function rulesTable(rules: readonly ScalingDocument[], output: Output): string {
  const now = Date.now() as EpochMs;
  const cooldown = (seconds: number) => durationText((seconds * 1_000) as never);
  return output.table(
    [
      { title: 'RULE', cell: ({ name }) => name },
      {
        title: 'FOR',
        cell: ({ role, tag }) => [role, tag && `tag ${tag}`].filter(Boolean).join(', ') || 'all agents',
      },
      { title: 'WORKERS', cell: ({ size, live }) => `${live} of ${size}`, align: 'right' },
      { title: 'BOUNDS', cell: ({ min, max }) => `${min} to ${max}` },
      { title: 'TASKS', cell: ({ ready, underWay }) => `${ready} ready, ${underWay} under way` },
      { title: 'PER WORKER', cell: ({ tasksPerWorker }) => String(tasksPerWorker), align: 'right' },
      {
        title: 'COOL-DOWN',
        cell: ({ upCooldownSeconds: up, downCooldownSeconds: down }) =>
          `up ${cooldown(up)}, down ${cooldown(down)}`,
      },
      {
        title: 'CHANGED',
        cell: ({ changedAt }) =>
          changedAt === null ? 'never' : relativeTime(Date.parse(changedAt) as EpochMs, now),
      },
    ],
    rules,
  );
}
