/** Keeps a text in the storage of the browser, which may be full: then the page goes on, and a reload does not know it. */

/** @returns whether there was room; where there was none, what stood there before is gone, as it is no longer so */
export function keepIn(storage: Storage, place: string, text: string): boolean {
  try {
    storage.setItem(place, text);
    return true;
  } catch {
    storage.removeItem(place);
    return false;
  }
}
