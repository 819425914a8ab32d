/** A button that opens a list of acts. */
import {
  Button as AriaButton,
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

export interface MenuAct {
  readonly id: string;
  readonly label: string;
  readonly danger?: boolean;
  readonly act: () => void;
}

export interface MenuProps {
  label: string;
  icon?: IconName;
  acts: readonly MenuAct[];
}

export function Menu({ label, icon = 'more', acts }: MenuProps) {
  return (
    <MenuTrigger>
      <AriaButton
        aria-label={label}
        className="grid size-8 place-items-center rounded-md text-muted data-hovered:bg-hover data-hovered:text-ink"
      >
        <Icon name={icon} />
      </AriaButton>
      <Popover
        placement="bottom end"
        className="min-w-44 animate-enter rounded-md border border-line-strong/60 bg-raised p-1 shadow-raised"
      >
        <AriaMenu
          aria-label={label}
          className="outline-none"
          onAction={(key) => acts.find((one) => one.id === key)?.act()}
        >
          {acts.map((act) => (
            <MenuItem
              key={act.id}
              id={act.id}
              className={`rounded-sm px-2.5 py-1 outline-none data-focused:bg-hover ${act.danger ? 'text-failure' : ''}`}
            >
              {act.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
