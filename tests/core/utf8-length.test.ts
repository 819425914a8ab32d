import { expect, it } from 'vitest';
import { utf8Length } from '../../src/core/utf8-length.ts';

it.each(['', 'plain', 'grün', '10 €', '😀 done', '\ud83d alone', 'a\u0000b'])(
  'counts the bytes of %j as they are written',
  (text) => {
    expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
  },
);
