/** Copies a text, and says for a moment that it did. */
import { Button } from './button.tsx';
import { useCopy } from './use-copy.ts';

export interface CopyButtonProps {
  /** Asked for when it is pressed. */
  text: () => string;
  label: string;
  copiedLabel: string;
}

export function CopyButton({ text, label, copiedLabel }: CopyButtonProps) {
  const { copied, copy } = useCopy();
  return (
    <Button look="quiet" size="small" icon={copied ? 'check' : 'copy'} onPress={() => void copy(text())}>
      {copied ? copiedLabel : label}
    </Button>
  );
}
