/** Tells text from other bytes. */

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Null when the bytes are no UTF-8, or hold a NUL: nobody reads that. */
export function readableText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
