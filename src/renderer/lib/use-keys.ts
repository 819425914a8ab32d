/** Keys of a screen: single ones such as `n`, and sequences such as `g b`. Silent while somebody types. */
import { useEffect, useRef } from 'react';

export type KeyBindings = Readonly<Record<string, () => void>>;

const sequenceWithinMs = 1_000;

/** @param bindings `n`, `?`, `Escape`, or two keys with a space between */
export function useKeys(bindings: KeyBindings): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    let pending: { key: string; at: number } | null = null;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const sequence =
        pending && event.timeStamp - pending.at < sequenceWithinMs ? `${pending.key} ${event.key}` : null;
      pending = { key: event.key, at: event.timeStamp };
      const act = (sequence && latest.current[sequence]) || latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      pending = null;
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

/** A field, an open menu or a dialog has the keys for itself. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A slider takes arrows and the like, and no letters.
  if (target.matches('input[type=range]')) return key.length > 1;
  return (
    target.isContentEditable ||
    target.closest(
      'input:not([type=radio]), textarea, select, [role=dialog], [role=menu], [role=listbox]',
    ) !== null
  );
}
