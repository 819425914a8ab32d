/** A choice of one out of two to four, all in sight. */
import { Radio, RadioGroup } from 'react-aria-components';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Shown in place of the label, which stays for screen readers. */
  readonly icon?: IconName;
  readonly count?: number;
}

export interface SegmentedProps<Value extends string> {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

export function Segmented<Value extends string>({ label, segments, value, onChange }: SegmentedProps<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={(chosen) => {
        const segment = segments.find((one) => one.value === chosen);
        if (segment) onChange(segment.value);
      }}
      className="inline-flex w-max max-w-full flex-wrap rounded-md border border-line bg-sunken p-0.5"
    >
      {segments.map((segment) => (
        <Radio
          key={segment.value}
          value={segment.value}
          aria-label={segment.label}
          className="flex h-6.5 items-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 text-muted transition-colors duration-150 data-selected:bg-raised data-selected:font-medium data-hovered:text-ink data-selected:text-ink"
        >
          {segment.icon ? <Icon name={segment.icon} /> : segment.label}
          {segment.count !== undefined && (
            <span className="font-mono text-faint text-xs">{segment.count}</span>
          )}
        </Radio>
      ))}
    </RadioGroup>
  );
}
