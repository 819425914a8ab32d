/** The earlier rounds of a gate: who sent which artifact back, and why. */
import type { RejectionNote } from '../../../core/task/task.ts';
import { strings as shared } from '../../company/strings.ts';
import { Hash } from '../../design/hash.tsx';
import { Icon } from '../../design/icon.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { strings } from './strings.ts';

export function RoundList({ rounds }: { rounds: readonly RejectionNote[] }) {
  const names = useLive((state) => rounds.map(({ by }) => (by ? state.members.get(by)?.name : undefined)));
  return (
    <section aria-label={strings.rounds}>
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-3">
        <h3 className="font-semibold">{strings.rounds}</h3>
        <p className="text-faint text-xs">{strings.roundsHelp}</p>
      </div>
      <ol className="flex flex-col gap-2">
        {rounds.map((round, at) => {
          const name = names[at];
          return (
            <li
              key={`${round.at}-${round.artifactHash}`}
              className="rounded-md border border-line bg-surface px-3 py-2"
            >
              <p className="flex flex-wrap items-center gap-2 text-waiting text-xs">
                <Icon name="reply" className="size-3.5" />
                {name === undefined ? strings.timeRanOut : strings.sentBackBy(name)}
                <Ago at={round.at} className="text-faint" />
                <Hash value={round.artifactHash} label={shared.copyHash(round.gateName)} />
              </p>
              <p className="mt-1 whitespace-pre-wrap break-words">{round.note}</p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
