/** A name where its letters would be too small to be read: each would have a clip of its own, and a thousand of them cost every frame of a drag. */
export function NameFromAfar({ name }: { name: string }) {
  return (
    <span
      className="ml-2 h-2.5 max-w-full rounded-full bg-faint/60"
      style={{ width: `${Math.min(name.length, 20) * 0.45}rem` }}
    />
  );
}
