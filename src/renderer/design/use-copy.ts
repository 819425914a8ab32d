/** Copies a text to the clipboard, and tells for a moment that it did. */
import { useEffect, useState } from 'react';

/** For how long it tells, in ms. */
const toldFor = 1_500;

export function useCopy(): { readonly copied: boolean; copy(text: string): Promise<void> } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), toldFor);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return { copied, copy };
}
