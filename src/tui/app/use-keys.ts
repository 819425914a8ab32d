/** The keys of the person, one by one in their order; what is pasted comes as one. */
import { useInput, usePaste } from 'ink';
import type { Key } from '../model/key.ts';
import { keysOf, pasted } from '../model/key.ts';

export function useKeys(onKey: (key: Key) => void): void {
  useInput((input, key) => {
    for (const one of keysOf(input, key)) onKey(one);
  });
  usePaste((text) => onKey(pasted(text)));
}
