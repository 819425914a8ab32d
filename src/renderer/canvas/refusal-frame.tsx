/** On a drawing, at its top: why the last thing could not be done, until it is dismissed. */
import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';

export interface RefusalFrameProps {
  dismiss: string;
  onDismiss: () => void;
  children: ReactNode;
}

export function RefusalFrame({ dismiss, onDismiss, children }: RefusalFrameProps) {
  return (
    <div className="pointer-events-none absolute inset-x-0 top-3 z-20 flex justify-center px-4">
      <div className="pointer-events-auto flex max-w-xl animate-enter items-start gap-1 rounded-md bg-raised shadow-raised">
        {children}
        <Button
          look="quiet"
          size="small"
          icon="cross"
          aria-label={dismiss}
          onPress={onDismiss}
          className="m-1"
        />
      </div>
    </div>
  );
}
