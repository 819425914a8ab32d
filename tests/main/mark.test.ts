/** The mark as pixels. */
import { expect, it } from 'vitest';
import { drawMark } from '../../src/main/mark.ts';

const size = 44;
/** Red, green, blue, opacity. */
function pixel(needs: boolean, x: number, y: number): number[] {
  const [blue, green, red, opacity] = drawMark(size, needs).subarray(
    (y * size + x) * 4,
    (y * size + x) * 4 + 4,
  );
  return [red, green, blue, opacity].map(Number);
}

it('has a ring, a core, and nothing at its corners', () => {
  expect(drawMark(size, false)).toHaveLength(size * size * 4);
  expect(pixel(false, 0, 0)[3]).toBe(0);
  expect(pixel(false, 22, 4)).toEqual([0x2d, 0xe2, 0xe6, 255]);
  expect(pixel(false, 22, 22)).toEqual([0x2d, 0xe2, 0xe6, 255]);
});

it('lights its core when somebody is needed', () => {
  expect(pixel(true, 22, 22)).toEqual([0xff, 0x74, 0xd4, 255]);
  expect(pixel(true, 22, 4)).toEqual([0x2d, 0xe2, 0xe6, 255]);
});
