/** Something that is so or not, changed at once. */
import { Switch } from 'react-aria-components';

export interface ToggleProps {
  label: string;
  /** In place of the label, for screen readers. */
  ariaLabel?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

export function Toggle({ label, ariaLabel, isOn, onChange }: ToggleProps) {
  return (
    <Switch
      {...(ariaLabel !== undefined && { 'aria-label': ariaLabel })}
      isSelected={isOn}
      onChange={onChange}
      className="group flex cursor-pointer items-center gap-2.5 py-0.5"
    >
      <span className="flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition-colors duration-150 group-data-focus-visible:outline-2 group-data-focus-visible:outline-alive group-data-selected:border-alive group-data-selected:bg-alive">
        <span className="size-3 rounded-full bg-line-strong transition-transform duration-150 group-data-selected:translate-x-3.5 group-data-selected:bg-on-alive" />
      </span>
      {label}
    </Switch>
  );
}
