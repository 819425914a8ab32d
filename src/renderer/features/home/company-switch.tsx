/** The switch of the whole company: let nobody begin anything, or stop everything at once. */
import { useState } from 'react';
import { strings } from '../../company/strings.ts';
import { Menu } from '../../design/menu.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { ReasonDialog } from '../../lib/reason-dialog.tsx';

type Switch = 'pause' | 'stop';

export function CompanySwitch() {
  const pause = useLive(({ company }) => company?.pause?.kind ?? null);
  const [asked, setAsked] = useState<Switch | null>(null);
  if (pause === 'stopped') return null;
  const ask = (what: Switch) => ({ label: strings.switches[what].menu, act: () => setAsked(what) });
  const close = () => setAsked(null);
  return (
    <>
      <Menu
        label={strings.switchMenu}
        acts={[
          ...(pause === null ? [{ id: 'pause', ...ask('pause') }] : []),
          { id: 'stop', danger: true, ...ask('stop') },
        ]}
      />
      <ReasonDialog
        words={strings.switches.pause}
        look="primary"
        commandFor={(reason) => ({ type: 'company.pause', reason })}
        isOpen={asked === 'pause'}
        onClose={close}
      />
      <ReasonDialog
        words={strings.switches.stop}
        look="danger"
        commandFor={(reason) => ({ type: 'company.stop', reason })}
        isOpen={asked === 'stop'}
        onClose={close}
      />
    </>
  );
}
