/** The switch of the whole company: let nobody begin anything, or stop everything at once. */
import { useState } from 'react';
import { strings } from '../../company/strings.ts';
import type { CompanySwitchKind } from '../../company/switch-dialogs.tsx';
import { SwitchDialogs } from '../../company/switch-dialogs.tsx';
import { Menu } from '../../design/menu.tsx';
import { useLive } from '../../lib/company-context.tsx';

export function CompanySwitch() {
  const pause = useLive(({ company }) => company?.pause?.kind ?? null);
  const [asked, setAsked] = useState<CompanySwitchKind | null>(null);
  if (pause === 'stopped') return null;
  const ask = (what: CompanySwitchKind) => ({
    ...{ label: strings.switches[what].menu, act: () => setAsked(what) },
  });
  return (
    <>
      <Menu
        label={strings.switchMenu}
        acts={[
          ...(pause === null ? [{ id: 'pause', ...ask('pause') }] : []),
          { id: 'stop', danger: true, ...ask('stop') },
        ]}
      />
      <SwitchDialogs asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
