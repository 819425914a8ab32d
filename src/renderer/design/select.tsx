/** A choice of one out of a few, in a list that opens. */
import type { Key } from 'react-aria-components';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface SelectProps<Value extends string> {
  label: string;
  /** Shown only to those who can't see that it is next to what it filters. */
  hideLabel?: boolean;
  options: readonly SelectOption<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
}

export function Select<Value extends string>({
  label,
  hideLabel = false,
  options,
  value,
  onChange,
  className,
}: SelectProps<Value>) {
  const choose = (key: Key | null) => {
    const option = options.find((one) => one.value === key);
    if (option) onChange(option.value);
  };
  return (
    <AriaSelect
      value={value}
      onChange={choose}
      className={classNames('flex flex-col gap-1', className)}
      {...(hideLabel && { 'aria-label': label })}
    >
      {!hideLabel && <Label className="font-medium text-muted text-xs">{label}</Label>}
      <Button className="flex h-8 items-center gap-2 rounded-md border border-line-strong bg-raised px-2.5 transition-colors duration-150 data-hovered:bg-hover">
        <SelectValue className="flex-1 truncate text-left" />
        <Icon name="down" className="text-faint" />
      </Button>
      <Popover className="min-w-(--trigger-width) max-w-sm animate-enter rounded-md border border-line-strong/60 bg-raised p-1 shadow-raised">
        <ListBox className="max-h-72 overflow-y-auto outline-none">
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              className="flex items-center gap-2 rounded-sm px-2 py-1 outline-none data-focused:bg-hover data-selected:font-medium"
            >
              {({ isSelected }) => (
                <>
                  <span className="size-4">{isSelected && <Icon name="check" className="text-alive" />}</span>
                  <span className="truncate">{option.label}</span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
