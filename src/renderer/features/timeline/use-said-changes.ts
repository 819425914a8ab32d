/** What changed on a drawing since it was last said, in words: a burst of changes is one message, and a long one only a count. */
import { useEffect, useRef, useState } from 'react';
import { strings } from './strings.ts';

const afterMs = 600;
const most = 3;

/** @param words of each thing as it is now, by its id */
export function useSaidChanges(words: ReadonlyMap<string, string>): string {
  const [said, say] = useState('');
  const told = useRef(words);
  const latest = useRef(words);
  latest.current = words;
  const all = [...words.values()].join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map is a new one each time, the words in it are what counts
  useEffect(() => {
    const timer = setTimeout(() => {
      const changed = [...latest.current].filter(([id, now]) => (told.current.get(id) ?? now) !== now);
      told.current = latest.current;
      if (changed.length === 0) return;
      say(
        changed.length > most
          ? strings.severalChanged(changed.length)
          : changed.map(([, now]) => now).join('. '),
      );
    }, afterMs);
    return () => clearTimeout(timer);
  }, [all]);
  return said;
}
