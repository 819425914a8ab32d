/** Says on every screen that the company rests, since when and why, and lets it go on. */
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Ago } from '../lib/ago.tsx';
import { useLive } from '../lib/company-context.tsx';
import { useCommand } from '../lib/use-command.ts';
import { strings } from './strings.ts';

export function PauseBanner() {
  const { pause, by } = useLive(({ company, members }) => ({
    pause: company?.pause ?? null,
    by: company?.pause?.by ? (members.get(company.pause.by)?.name ?? null) : null,
  }));
  const { run, pending, refusal } = useCommand();
  if (!pause) return null;
  return (
    <section
      aria-label={strings.restsShort}
      className="flex shrink-0 items-center gap-3 border-waiting/50 border-b bg-waiting-soft px-6 py-2 max-md:px-4"
    >
      <Icon name={pause.kind === 'stopped' ? 'stop' : 'clock'} className="text-waiting" />
      <p className="min-w-0 flex-1 break-words">
        <span className="font-semibold text-waiting">{strings.rests[pause.kind]}</span>{' '}
        <span className="text-ink">{pause.reason}</span>{' '}
        <span className="text-muted">
          · {by ?? strings.theHost}, <Ago at={pause.at} />
        </span>
        {refusal && (
          <span role="alert" className="block text-failure">
            {refusal.message}
          </span>
        )}
      </p>
      <Button size="small" isPending={pending} onPress={() => void run({ type: 'company.resume' })}>
        {strings.resume}
      </Button>
    </section>
  );
}
