/** Says that the line to the host is lost and when it is tried again; goes by itself when it is back. The announcer says both aloud. */
import { useEffect, useRef } from 'react';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { toast } from '../design/toast.tsx';
import { useConnection, useConnectionStatus } from '../lib/company-context.tsx';
import { useAtNow } from '../lib/use-now.ts';
import { strings } from './strings.ts';

export function ConnectionBanner() {
  const connection = useConnection();
  const status = useConnectionStatus();
  const secondsLeft = useAtNow((now) =>
    status.kind === 'lost' ? Math.ceil((status.retryAt - now) / 1_000) : 0,
  );
  const wasLost = useRef(false);
  useEffect(() => {
    if (status.kind === 'lost') wasLost.current = true;
    if (status.kind === 'live' && wasLost.current) {
      wasLost.current = false;
      toast('alive', strings.healed, { isSaid: true });
    }
  }, [status.kind]);
  if (status.kind !== 'lost') return null;
  return (
    <section
      aria-label={strings.lostShort}
      className="flex shrink-0 items-center gap-3 border-failure/60 border-b bg-failure-soft px-6 py-2"
    >
      <Icon name="warning" className="text-failure" />
      <p className="min-w-0 flex-1">
        <span className="font-semibold text-failure">{strings.lost}</span>{' '}
        <span className="text-ink">{status.hadCompany && strings.lostMore}</span>{' '}
        <span className="text-muted">{strings.lostRetry(secondsLeft)}</span>
      </p>
      <Button size="small" onPress={() => void connection.connect()}>
        {strings.retryNow}
      </Button>
    </section>
  );
}
