/** The rules that say how many workers there are: what each goes by now, and why it changed its mind lately. */
import { useQuery } from '@tanstack/react-query';
import { loadOf } from '../../../core/scaling/next-size.ts';
import { rulesInOrder } from '../../../core/scaling/rules-in-order.ts';
import { isInGroup } from '../../../core/scaling/scaling.ts';
import type { CompanyState } from '../../../core/state.ts';
import { Notice } from '../../design/notice.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useCoordination, useLive } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { strings } from './strings.ts';
import { isUp } from './worker-tasks.ts';

/** Changes that are told. */
const told = 12;

export function Scaler() {
  const rules = useLive(rulesNow);
  return (
    <section aria-labelledby="scaler">
      <h2 id="scaler" className="mb-2 font-semibold text-base">
        {strings.scaler}
      </h2>
      {rules.length === 0 ? (
        <p className="rounded-lg border border-line border-dashed px-4 py-3 text-muted">
          {strings.noRules} <code className="font-mono text-xs">{strings.rulesHow}</code>
        </p>
      ) : (
        <div className="grid gap-4 lg:grid-cols-2">
          <ul className="divide-y divide-line self-start rounded-lg border border-line bg-surface">
            {rules.map((rule) => (
              <li key={rule.id} className="flex flex-col gap-0.5 px-4 py-2.5">
                <span className="flex items-baseline gap-2">
                  <span className="min-w-0 flex-1 truncate font-medium">{rule.id}</span>
                  <span className="font-mono tabular-nums">{strings.ofAtMost(rule.live, rule.max)}</span>
                </span>
                <span className="text-muted text-xs">
                  {strings.ruleGroup(rule.role, rule.tag)} ·{' '}
                  {strings.ruleBounds(rule.min, rule.max, rule.per)}
                </span>
                <span className="text-faint text-xs">
                  {strings.ruleLoad(rule.ready, rule.underWay)} · {strings.ruleWants(rule.size)}
                </span>
              </li>
            ))}
          </ul>
          <ScalerHistory changed={rules.map(({ changedAt }) => changedAt ?? 0).join()} />
        </div>
      )}
    </section>
  );
}

/** @param changed another one after each change */
function ScalerHistory({ changed }: { changed: string }) {
  const coordination = useCoordination();
  const { data, error } = useQuery({
    queryKey: ['scaler-history', changed],
    queryFn: () => coordination().query('audit', { types: ['scaling.changed'], limit: told }),
    placeholderData: (before) => before,
    retry: false,
  });
  if (error) return <Notice tone="failure">{asCoordError(error).message}</Notice>;
  const changes = (data?.entries ?? []).flatMap(({ seq, at, event }) =>
    event.type === 'scaling.changed' ? [{ seq, at, ...event }] : [],
  );
  return (
    <div className="rounded-lg border border-line bg-surface">
      <h3 className="border-line border-b px-4 py-2 font-medium text-muted text-xs">{strings.lately}</h3>
      {changes.length === 0 ? (
        <p className="px-4 py-3 text-faint">{strings.neverScaled}</p>
      ) : (
        <ol className="max-h-64 overflow-y-auto">
          {changes.map(({ seq, at, id, from, to, because }) => (
            <li key={seq} className="flex items-baseline gap-2 px-4 py-1.5">
              <Tag tone={to > from ? 'alive' : 'plain'}>{strings.sizeChange(from, to)}</Tag>
              <span className="min-w-0 flex-1">
                {strings.scaledTo(to, because)} <span className="text-faint text-xs">{id}</span>
              </span>
              <Ago at={at} className="whitespace-nowrap text-faint text-xs" />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function rulesNow(state: CompanyState) {
  const live = [...state.workers.values()].filter(isUp);
  return rulesInOrder(state).map((rule) => ({
    ...{ id: rule.id, tag: rule.tag, min: rule.min, max: rule.max, per: rule.tasksPerWorker },
    ...{ size: rule.size, changedAt: rule.changedAt, ...loadOf(state, rule) },
    role: rule.roleId === null ? null : (state.roles.get(rule.roleId)?.title ?? rule.roleId),
    live: live.filter(({ memberId }) => {
      const member = state.members.get(memberId);
      return member !== undefined && isInGroup(rule, member);
    }).length,
  }));
}
