/** Where a symbolic link of a checkout leads, by its text alone: what it leads through may change at any time. */

/**
 * Whether it leads out of the checkout. A `..` behind a name may step out of a folder that is itself a link, so it may only
 * stand at the beginning.
 * @param path of the link in the checkout, with `/`
 */
export function leadsOut(path: string, target: string): boolean {
  if (target === '' || target.includes('\\') || target.startsWith('/') || /^[A-Za-z]:/.test(target))
    return true;
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const up = parts.findIndex((part) => part !== '..');
  const climbs = up < 0 ? parts.length : up;
  return parts.slice(climbs).includes('..') || climbs > path.split('/').length - 1;
}
