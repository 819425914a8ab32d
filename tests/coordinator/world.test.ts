/** Ids tell what they are of, and are never the same twice. */
import { expect, it } from 'vitest';
import { randomId, sha256 } from '../../src/coordinator/world.ts';

it('makes ids of ten letters that can’t be taken for one another', () => {
  const ids = Array.from({ length: 5_000 }, () => randomId('task'));
  expect(new Set(ids).size).toBe(5_000);
  for (const id of ids) expect(id).toMatch(/^task_[0-9a-hjkmnp-tv-z]{10}$/);
  const letters = new Set(ids.flatMap((id) => [...id.slice('task_'.length)]));
  expect(letters.size).toBe(32);
});

it('hashes a text as its UTF-8 bytes', () => {
  expect(sha256('€')).toBe(sha256(Buffer.from([0xe2, 0x82, 0xac])));
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
