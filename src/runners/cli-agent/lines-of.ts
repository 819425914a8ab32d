/** The lines of what a program prints, of which none is held that is longer than it may be. */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** @param most characters of a line. @param onTooLong called once, when one is longer; nothing comes after it */
export async function* linesOf(
  printed: Readable,
  most: number,
  onTooLong: () => void,
): AsyncGenerator<string, void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const piece of printed) {
    const lines = decoder.write(piece as Buffer).split('\n');
    const end = lines.pop() ?? '';
    for (const line of lines) {
      yield rest + line;
      rest = '';
    }
    rest += end;
    if (rest.length > most) {
      onTooLong();
      return;
    }
  }
  if (rest !== '') yield rest;
}
