/** A text that is being written, kept by this tab until it is sent: a reload or a restart of the host loses no word. */
import { useCallback, useState } from 'react';

/** @param key what the text is about, such as a gate's id */
export function useDraft(key: string): readonly [string, (text: string) => void] {
  const place = `draft:${key}`;
  const [text, setText] = useState(() => sessionStorage.getItem(place) ?? '');
  const keep = useCallback(
    (next: string) => {
      if (next === '') sessionStorage.removeItem(place);
      else sessionStorage.setItem(place, next);
      setText(next);
    },
    [place],
  );
  return [text, keep];
}
