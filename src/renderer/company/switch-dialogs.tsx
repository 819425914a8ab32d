/** Asks why before the whole company is paused or stopped, wherever that was asked for. */
import { ReasonDialog } from '../lib/reason-dialog.tsx';
import { strings } from './strings.ts';

export type CompanySwitchKind = keyof typeof strings.switches;

export interface SwitchDialogsProps {
  /** Null: neither is open. */
  asked: CompanySwitchKind | null;
  onClose: () => void;
}

export function SwitchDialogs({ asked, onClose }: SwitchDialogsProps) {
  return (
    <>
      <ReasonDialog
        words={strings.switches.pause}
        look="primary"
        commandFor={(reason) => ({ type: 'company.pause', reason })}
        isOpen={asked === 'pause'}
        onClose={onClose}
      />
      <ReasonDialog
        words={strings.switches.stop}
        look="danger"
        commandFor={(reason) => ({ type: 'company.stop', reason })}
        isOpen={asked === 'stop'}
        onClose={onClose}
      />
    </>
  );
}
