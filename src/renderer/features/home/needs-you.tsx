/** What waits for this person and nobody else, each with the way there. */
import { Link } from 'wouter';
import type { Need } from '../../company/needs-of.ts';
import { needsOf } from '../../company/needs-of.ts';
import { Card } from '../../design/card.tsx';
import { Icon } from '../../design/icon.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';

export function NeedsYou() {
  const self = useSelf();
  const needs = useLive((state) => needsOf(state, self));
  const atRest = useLive(({ company }) => Boolean(company?.pause));
  return (
    <section aria-labelledby="needs-you">
      <h2 id="needs-you" className="mb-2 font-semibold text-base">
        {strings.needsYou}
        {needs.length > 0 && <span className="ml-2 font-mono text-needs text-sm">{needs.length}</span>}
      </h2>
      {needs.length === 0 ? (
        <p className="rounded-lg border border-line border-dashed px-4 py-3 text-muted">
          {atRest ? strings.nothingNeededAtRest : strings.nothingNeeded}
        </p>
      ) : (
        <Card tone="needs" className="overflow-hidden">
          <ul className="divide-y divide-line">
            {needs.map((need) => (
              <li key={need.key}>
                <Link
                  href={need.href}
                  className="flex items-center gap-3 px-4 py-2.5 transition-colors duration-150 hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <StatusDot status={hasFailed(need) ? 'failure' : 'needs'} className="size-3.5" />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">
                      <span className="font-medium">{need.title}</span>{' '}
                      <span className={hasFailed(need) ? 'text-failure' : 'text-needs'}>{whatOf(need)}</span>
                    </span>
                    <span className="block truncate text-muted text-xs">{need.context}</span>
                  </span>
                  <Ago at={need.since} className="whitespace-nowrap text-faint text-xs" />
                  <Icon name="next" className="text-faint" />
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </section>
  );
}

function whatOf({ kind, roleId }: Need): string {
  switch (kind) {
    case 'gate':
      return strings.signAs(roleId ?? '');
    case 'veto':
      return strings.arbitrate;
    case 'question':
      return strings.question;
    case 'failure':
      return strings.failedTask;
    case 'conflict':
      return strings.conflict;
  }
}

const hasFailed = ({ kind }: Need): boolean => kind === 'veto' || kind === 'failure';
