/** What a conflict had led to where the host was by itself: each event in words, and all of them as they were kept. */
import type { KeptEvent } from '../../../core/conflict/conflict.ts';
import { CodeBox } from '../../company/code-box.tsx';
import { CopyButton } from '../../design/copy-button.tsx';
import { Icon } from '../../design/icon.tsx';
import { formatClock, formatExact } from '../../lib/format.ts';
import { Section } from './section.tsx';
import { strings } from './strings.ts';

export function LedTo({ events }: { events: readonly KeptEvent[] }) {
  if (events.length === 0) {
    return (
      <Section title={strings.ledTo}>
        <p className="text-muted">{strings.ledToNothing}</p>
      </Section>
    );
  }
  const all = () => JSON.stringify(events, null, 2);
  return (
    <Section
      title={strings.ledTo}
      beside={
        <>
          <span className="font-mono text-faint text-xs">{strings.events(events.length)}</span>
          <CopyButton text={all} label={strings.copy} copiedLabel={strings.copied} />
        </>
      }
    >
      <ol className="flex flex-col divide-y divide-line rounded-lg border border-line">
        {events.map((kept) => (
          <li key={kept.seq}>
            <details className="group">
              <summary className="flex cursor-pointer items-baseline gap-3 rounded-lg px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2">
                <time
                  dateTime={new Date(kept.at).toISOString()}
                  title={formatExact(kept.at)}
                  className="font-mono text-faint text-xs"
                >
                  {formatClock(kept.at)}
                </time>
                <span className="min-w-0 flex-1 break-words font-mono text-[12.5px]">{kept.event.type}</span>
                <Icon
                  name="next"
                  className="self-center text-faint transition-transform duration-150 group-open:rotate-90"
                />
              </summary>
              <CodeBox className="max-h-80 overflow-y-auto border-line border-t bg-sunken px-4 py-3">
                {JSON.stringify(kept.event, null, 2)}
              </CodeBox>
            </details>
          </li>
        ))}
      </ol>
    </Section>
  );
}
