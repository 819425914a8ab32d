/** A field in which one looks for something of the screen: the glass says so, its name is read aloud. */
import type { RefObject } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

export interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Widths. */
  className?: string;
  inputRef?: RefObject<HTMLInputElement | null>;
}

export function SearchBox({ label, value, onChange, className, inputRef }: SearchBoxProps) {
  return (
    <SearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      className={classNames('relative flex items-center text-faint', className)}
    >
      <Icon name="search" className="pointer-events-none absolute left-2.5" />
      <Input
        {...(inputRef && { ref: inputRef })}
        placeholder={label}
        className="h-8 w-full rounded-md border border-line-strong bg-field text-ellipsis pr-2 pl-8.5 text-ink placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
      />
    </SearchField>
  );
}
