/** At the foot of a dialog: the button that leaves everything as it is, and beside it what the dialog is for. */
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

export interface DialogActsProps {
  leave: string;
  onLeave: () => void;
  /** The button that acts. */
  children: ReactNode;
}

export function DialogActs({ leave, onLeave, children }: DialogActsProps) {
  return (
    <div className="flex justify-end gap-2">
      <Button onPress={onLeave}>{leave}</Button>
      {children}
    </div>
  );
}
