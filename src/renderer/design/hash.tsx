/** An id or a hash, shortened for the eye, copied whole by a press. */
import { Button } from 'react-aria-components';
import { Icon } from './icon.tsx';
import { useCopy } from './use-copy.ts';

export interface HashProps {
  value: string;
  /** What a press does, for screen readers: "Copy …". */
  label: string;
  /** How many characters are shown. */
  shown?: number;
}

export function Hash({ value, label, shown = 12 }: HashProps) {
  const { copied, copy } = useCopy();
  const short = value.length > shown ? `${value.slice(0, shown)}…` : value;
  return (
    <Button
      aria-label={`${short} · ${label}`}
      onPress={() => void copy(value)}
      className="inline-flex h-5 items-center gap-1 rounded-sm bg-hover px-1.5 font-mono text-2xs text-muted data-hovered:text-ink"
    >
      <span title={value}>{short}</span>
      <Icon name={copied ? 'check' : 'copy'} className={copied ? 'size-3 text-alive' : 'size-3'} />
    </Button>
  );
}
