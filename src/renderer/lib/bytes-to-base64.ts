/** Bytes as base64, also where the browser brings nothing of its own for it. */

/** Arguments of one call, at most: a megabyte of them would be too many. */
const chunkBytes = 32_768;

export function bytesToBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunkBytes));
  }
  return btoa(binary);
}
