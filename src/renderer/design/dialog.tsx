/** A modal dialog with a title, closed by Escape, by its button, or by whoever opened it. */
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

export interface DialogProps {
  title: string;
  closeLabel: string;
  isOpen: boolean;
  onClose: () => void;
  size?: 'narrow' | 'wide';
  children: ReactNode;
}

const sizes = { narrow: 'max-w-md', wide: 'max-w-4xl' } as const;

export function Dialog({ title, closeLabel, isOpen, onClose, size = 'narrow', children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-center justify-center bg-scrim p-6 data-entering:animate-enter"
    >
      <Modal className={classNames('flex max-h-full w-full', sizes[size])}>
        <AriaDialog className="flex max-h-full w-full animate-enter flex-col rounded-lg border border-line-strong/50 bg-surface shadow-raised outline-none">
          <header className="flex items-center justify-between border-line border-b py-3 pr-3 pl-5">
            <Heading slot="title" className="font-semibold text-lg">
              {title}
            </Heading>
            <Button look="quiet" icon="cross" aria-label={closeLabel} onPress={onClose} />
          </header>
          <div className="min-h-0 overflow-y-auto p-5">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
