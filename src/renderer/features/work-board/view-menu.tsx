/** The views of the board that this person keeps: one is shown, and another can be made of it. */
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Menu } from '../../design/menu.tsx';
import { Select } from '../../design/select.tsx';
import { useActs } from '../../lib/acts.ts';
import { withCopy, withoutShown, withShown } from './board-view.ts';
import { strings } from './strings.ts';
import type { KeptViews } from './use-board-views.ts';

export function ViewMenu({ views, view, keep }: KeptViews) {
  const [naming, setNaming] = useState<'copy' | 'rename' | null>(null);
  const name = (text: string) => {
    keep(naming === 'copy' ? withCopy(views, text) : withShown(views, { name: text }));
    setNaming(null);
  };
  const remove = { id: 'remove', label: strings.viewRemove, act: () => keep(withoutShown(views)) };
  useActs({
    'board.keep-view': () => setNaming('copy'),
    'board.rename-view': () => setNaming('rename'),
    'board.remove-view': views.views.length > 1 && remove.act,
  });
  return (
    <div className="flex items-center gap-1 pl-2">
      <Select
        label={strings.views}
        hideLabel
        value={`${views.views.indexOf(view)}`}
        onChange={(at) => keep({ ...views, shown: Number(at) })}
        className="w-40"
        options={views.views.map(({ name: label }, at) => ({ value: `${at}`, label }))}
      />
      <Menu
        label={strings.view}
        acts={[
          { id: 'copy', label: strings.viewKeep, act: () => setNaming('copy') },
          { id: 'rename', label: strings.viewRename, act: () => setNaming('rename') },
          ...(views.views.length > 1 ? [remove] : []),
        ]}
      />
      <Dialog
        title={strings.viewName}
        closeLabel={strings.close}
        isOpen={naming !== null}
        onClose={() => setNaming(null)}
      >
        <ViewName initial={naming === 'rename' ? view.name : ''} onName={name} />
      </Dialog>
    </div>
  );
}

function ViewName({ initial, onName }: { initial: string; onName: (name: string) => void }) {
  const [text, setText] = useState(initial);
  const trimmed = text.trim();
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed !== '') onName(trimmed);
      }}
    >
      <Field
        label={strings.viewName}
        help={strings.viewNameHelp}
        value={text}
        onChange={setText}
        maxLength={40}
        autoFocus
      />
      <Button type="submit" look="primary" className="self-end" isDisabled={trimmed === ''}>
        {strings.keep}
      </Button>
    </form>
  );
}
