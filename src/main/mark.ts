/** The mark of the app as pixels: a diamond with a core, drawn here so that it needs no file and is sharp at any size. Pure. */

type Rgb = readonly [number, number, number];
const alive: Rgb = [0x2d, 0xe2, 0xe6];
const needs: Rgb = [0xff, 0x74, 0xd4];

/** Samples a pixel by a side, so that the slopes are smooth. */
const samples = 4;

/**
 * @param size of the square, in px
 * @param needsSomebody its core is lit
 * @returns four bytes a pixel: blue, green, red, opacity
 */
export function drawMark(size: number, needsSomebody: boolean): Uint8Array {
  const pixels = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const [ring, core] = coverage(x, y, size);
      const [red, green, blue] = core > 0 && needsSomebody ? needs : alive;
      pixels.set([blue, green, red, Math.round(255 * Math.max(ring, core))], (y * size + x) * 4);
    }
  }
  return pixels;
}

/** How much of the pixel the ring and the core of the diamond cover, each from 0 to 1. */
function coverage(x: number, y: number, size: number): readonly [number, number] {
  let ring = 0;
  let core = 0;
  for (let at = 0; at < samples * samples; at += 1) {
    const dx = (x + ((at % samples) + 0.5) / samples) / size - 0.5;
    const dy = (y + (Math.floor(at / samples) + 0.5) / samples) / size - 0.5;
    const distance = Math.abs(dx) + Math.abs(dy);
    if (distance <= 0.47 && distance >= 0.33) ring += 1;
    if (distance <= 0.17) core += 1;
  }
  return [ring / samples ** 2, core / samples ** 2];
}
