/** Opens the command palette by Ctrl+K or ⌘K from anywhere, and does what was chosen. */
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { EpicDialog } from '../../company/epic-dialog.tsx';
import type { CompanySwitchKind } from '../../company/switch-dialogs.tsx';
import { SwitchDialogs } from '../../company/switch-dialogs.tsx';
import { toast } from '../../design/toast.tsx';
import { useConnection } from '../../lib/company-context.tsx';
import { nextLook, setLook, useLook } from '../../lib/look.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { Palette } from './palette.tsx';
import type { PaletteAct } from './palette-items.ts';

/** @returns what it shows: put it anywhere on the page */
export function usePalette(onShowKeys: () => void): ReactNode {
  const connection = useConnection();
  const theme = useLook('theme');
  const density = useLook('density');
  const motion = useLook('motion');
  const [asked, setAsked] = useState<CompanySwitchKind | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setOpen((open) => !open);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  const act = (chosen: PaletteAct) => {
    switch (chosen) {
      case 'start-epic':
        return setComposing(true);
      case 'switch-theme':
        return setLook('theme', nextLook('theme', theme));
      case 'switch-density':
        return setLook('density', nextLook('density', density));
      case 'switch-motion':
        return setLook('motion', nextLook('motion', motion));
      case 'pause-company':
        return setAsked('pause');
      case 'stop-company':
        return setAsked('stop');
      case 'show-keys':
        return onShowKeys();
      case 'resume-company':
        connection.coordination
          .command({ type: 'company.resume' })
          .catch((error: unknown) => toast('failure', asCoordError(error).message));
    }
  };
  return (
    <>
      <Palette isOpen={isOpen} onClose={() => setOpen(false)} onAct={act} />
      <EpicDialog isOpen={composing} onClose={() => setComposing(false)} />
      <SwitchDialogs asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}
