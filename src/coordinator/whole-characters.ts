/** Cuts UTF-8 bytes so that no character is split at their end. */

/** The bytes without an unfinished character at their end; bytes that are no UTF-8 stay as they are. */
export function wholeCharacters(bytes: Buffer): Buffer {
  // A character has at most four bytes; its first one says how many.
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    return lengthOf(byte) > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

function lengthOf(firstByte: number): number {
  if (firstByte >= 0b1111_0000) return 4;
  if (firstByte >= 0b1110_0000) return 3;
  return firstByte >= 0b1100_0000 ? 2 : 1;
}
