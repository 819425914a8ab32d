/** What just happened in the company, newest first, as it happens. */
import { describeEvent } from '../../company/describe-event.ts';
import { StatusDot } from '../../design/status-dot.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useConnection, useRecentEvents } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';

const shownEvents = 40;

export function Activity() {
  const { live } = useConnection();
  const lines = useRecentEvents()
    .flatMap((stored) => {
      const line = describeEvent(live.state, stored);
      return line ? [{ ...line, seq: stored.seq, at: stored.at }] : [];
    })
    .slice(0, shownEvents);
  return (
    <section aria-labelledby="activity">
      <h2 id="activity" className="mb-2 font-semibold text-base">
        {strings.activity}
      </h2>
      {lines.length === 0 ? (
        <p className="text-muted">{strings.noActivity}</p>
      ) : (
        <ol className="flex flex-col">
          {lines.map(({ seq, at, status, text }) => (
            <li key={seq} className="flex animate-enter items-start gap-2.5 py-1">
              <StatusDot status={status} className="mt-1" />
              <span className="min-w-0 flex-1 break-words text-muted">{text}</span>
              <Ago at={at} className="whitespace-nowrap text-faint text-xs leading-5" />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
