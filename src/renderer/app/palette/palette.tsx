/** The command palette, opened by Ctrl+K or ⌘K: whatever the app can show or do, by a few letters of its name. */
import { useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { useLocation } from 'wouter';
import { Icon } from '../../design/icon.tsx';
import { Keys } from '../../design/kbd.tsx';
import { askFor, isOffered } from '../../lib/acts.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { focusScreen } from '../../lib/focus-screen.ts';
import { useCompanies } from '../../lib/use-companies.ts';
import type { PaletteAct } from './palette-items.ts';
import { paletteItems } from './palette-items.ts';
import { strings } from './strings.ts';

export interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
  onAct: (act: PaletteAct) => void;
}

export function Palette({ isOpen, onClose, onAct }: PaletteProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-start justify-center bg-scrim p-6 pt-[12vh]"
    >
      <Modal className="w-full max-w-xl">
        <Dialog
          aria-label={strings.title}
          className="animate-enter overflow-hidden rounded-lg border border-line-strong/60 bg-surface shadow-raised outline-none"
        >
          <PaletteBody onClose={onClose} onAct={onAct} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteBody({ onClose, onAct }: Omit<PaletteProps, 'isOpen'>) {
  const [location, navigate] = useLocation();
  const self = useSelf();
  const [text, setText] = useState('');
  const { companies, switchTo } = useCompanies();
  const items = useLive((state) => paletteItems({ state, self, companies, text, isOffered }));
  const choose = (id: string) => {
    const item = items.find((one) => one.id === id);
    if (!item) return;
    onClose();
    const { does } = item;
    switch (does.kind) {
      case 'go':
        navigate(does.path);
        return focusScreen();
      case 'switch':
        return switchTo(does.companyId);
      case 'act':
        return onAct(does.act);
      case 'ask':
        if (does.path !== null && does.path !== location) navigate(does.path);
        return askFor(does.id, does.about);
    }
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField
        aria-label={strings.placeholder}
        autoFocus
        className="flex items-center gap-2.5 border-line border-b px-4 text-faint"
      >
        <Icon name="search" />
        <Input
          role="combobox"
          aria-haspopup="listbox"
          aria-expanded
          placeholder={strings.placeholder}
          className="h-12 w-full bg-transparent text-base text-ink shadow-none! outline-none! placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <ListBox
        aria-label={strings.list}
        items={items}
        selectionMode="none"
        onAction={(key) => choose(String(key))}
        renderEmptyState={() => <p className="px-3 py-4 text-muted">{strings.none}</p>}
        className="max-h-[50vh] overflow-y-auto p-1.5 outline-none"
      >
        {(item) => (
          <ListBoxItem
            id={item.id}
            textValue={item.name}
            className="flex h-9 items-center gap-2.5 rounded-md px-2.5 outline-none data-focused:bg-hover"
          >
            <Icon name={item.icon} className="text-faint" />
            <span className="min-w-0 flex-1 truncate">{item.name}</span>
            <span className="text-faint text-xs">{item.kind}</span>
            {item.keys !== null && (
              <span className="flex gap-1">
                <Keys>{item.keys}</Keys>
              </span>
            )}
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}
