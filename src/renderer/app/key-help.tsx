/** The list of keys, opened by `?`. */
import { Dialog } from '../design/dialog.tsx';
import { KeyList } from './key-list.tsx';
import { strings } from './strings.ts';

export function KeyHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      title={strings.keysTitle}
      closeLabel={strings.close}
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by the keyboard */}
      <div tabIndex={0}>
        <KeyList />
      </div>
    </Dialog>
  );
}
