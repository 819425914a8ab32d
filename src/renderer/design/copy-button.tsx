/** Copies a text, and says for a moment that it did. */
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

export interface CopyButtonProps {
  /** Asked for when it is pressed. */
  text: () => string;
  label: string;
  copiedLabel: string;
}

export function CopyButton({ text, label, copiedLabel }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text());
    setCopied(true);
  };
  return (
    <Button look="quiet" size="small" icon={copied ? 'check' : 'copy'} onPress={() => void copy()}>
      {copied ? copiedLabel : label}
    </Button>
  );
}
