/** The dialog in which an epic is started, wherever one is on the screen. */
import { Dialog } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { EpicComposer } from './epic-composer.tsx';
import { strings } from './strings.ts';

export function EpicDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      title={strings.composer.title}
      closeLabel={strings.close}
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
    >
      <EpicComposer
        onStarted={() => {
          toast('alive', strings.composer.started);
          onClose();
        }}
      />
    </Dialog>
  );
}
