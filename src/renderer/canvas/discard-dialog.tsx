/** Before a draft goes that nothing brings back: asks once, and names what goes with it. */
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { DialogActs } from '../design/dialog-acts.tsx';

/** How many are named. */
const shown = 8;

export interface DiscardWords {
  readonly discard: string;
  readonly discardAsk: string;
  readonly discardLost: string;
  readonly discardKeep: string;
  readonly andMore: (count: number) => string;
}

export interface DiscardDialogProps {
  words: DiscardWords;
  /** What goes, a line each. */
  lost: readonly string[];
  onClose: () => void;
  onDiscard: () => void;
}

export function DiscardDialog({ words, lost, onClose, onDiscard }: DiscardDialogProps) {
  return (
    <Dialog title={words.discardAsk} closeLabel={words.discardKeep} isOpen onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p className="text-muted">{words.discardLost}</p>
        <ul className="flex flex-col gap-1.5">
          {lost.slice(0, shown).map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place among the lines
            <li key={place} className="break-words">
              {line}
            </li>
          ))}
          {lost.length > shown && <li className="text-muted">{words.andMore(lost.length - shown)}</li>}
        </ul>
        <DialogActs leave={words.discardKeep} onLeave={onClose}>
          <Button look="danger" onPress={onDiscard}>
            {words.discard}
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}
