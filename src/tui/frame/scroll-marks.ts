/** The bar beside what is longer than its place: a mark for each line, which says where in the whole one is. Pure. */

const thumb = '┃';
const track = '│';

/** @returns null: all of it is in sight */
export function scrollMarks(from: number, total: number, height: number): readonly string[] | null {
  if (total <= height || height <= 0) return null;
  const size = Math.max(1, Math.round((height * height) / total));
  const top = Math.round((from / (total - height)) * (height - size));
  return Array.from({ length: height }, (_, at) => (at >= top && at < top + size ? thumb : track));
}
