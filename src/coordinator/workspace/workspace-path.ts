/** Reads a path as a member wrote it, and finds where it really leads inside the workspace. */
import { readlinkSync } from 'node:fs';
import path from 'node:path';
import { CoordError } from '../../core/error.ts';
import { foldName } from '../../core/lock/fold-name.ts';
import { refusePath } from '../../core/lock/path-rules.ts';
import { statOf } from './held-folder.ts';
import { outside } from './path-refusals.ts';

/** Belongs to AgentCoord: what is staged, and whose workspace it is. */
export const ownFolder = '.agentcoord';

/** What no system takes as a name, in bytes of UTF-8. */
const longestName = 255;
/** Links that lead to links: more are a circle. */
const mostLinks = 40;

/**
 * @param doing after `Can't`: write, read
 * @throws CoordError `PATH_OUTSIDE`, `BAD_INPUT` - an empty, a dotted or a too long part
 */
export function namesOf(doing: string, asked: string, platform = process.platform): string[] {
  refusePath(doing, asked);
  const names = asked.split('/');
  for (const name of names) {
    const why = whyNoName(name, platform);
    if (why === null) continue;
    throw new CoordError('BAD_INPUT', `Can't ${doing} “${asked}”: ${why}. Name a path such as src/app.ts`, {
      path: asked,
    });
  }
  return names;
}

/**
 * Follows the links on the way and at the end; each must lead to somewhere inside. What is not there yet is taken as
 * it is written. What is found may change at once: whoever goes there holds each folder and follows no link.
 * @param root a real path
 * @throws CoordError `PATH_OUTSIDE`
 */
export function resolveInside(root: string, asked: string, names: readonly string[]): string[] {
  const real: string[] = [];
  const ahead = names.toReversed();
  let links = 0;
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (real.pop() === undefined) throw outside(asked, 'a link leads out of the workspace');
      continue;
    }
    const place = path.join(root, ...real, name);
    if (!statOf(place)?.isSymbolicLink()) {
      real.push(name);
      continue;
    }
    links += 1;
    if (links > mostLinks) throw outside(asked, 'its links lead in a circle');
    const target = insideOf(root, readlinkSync(place), asked);
    if (target.isAbsolute) real.length = 0;
    ahead.push(...target.names.reverse());
  }
  refuseReserved(asked, real);
  return real;
}

/** A link says where it leads from the folder it is in, or from the root of the disk. */
function insideOf(root: string, target: string, asked: string): { isAbsolute: boolean; names: string[] } {
  const names = (text: string) => text.split(path.sep === '\\' ? /[\\/]/ : '/');
  if (!path.isAbsolute(target)) return { isAbsolute: false, names: names(target) };
  const below = path.relative(root, path.resolve(target));
  if (below.split(path.sep)[0] === '..' || path.isAbsolute(below)) {
    throw outside(asked, 'a link leads out of the workspace');
  }
  return { isAbsolute: true, names: names(below) };
}

function refuseReserved(asked: string, real: readonly string[]): void {
  if (real.length === 0) throw outside(asked, 'it is the workspace itself');
  if (foldName(real[0] ?? '') === ownFolder) throw outside(asked, `${ownFolder} belongs to AgentCoord`);
  if (process.platform === 'win32' && real.some(isShortName)) {
    throw outside(asked, 'a link leads to the short name of a file');
  }
  // Whoever writes there decides what the next git command of a person runs.
  if (real.some((name) => foldName(name) === '.git')) throw outside(asked, '.git belongs to git');
}

/** `GIT~1` is another name of `.git`, `PROGRA~1.TXT` of some longer one: no lock on the one covers the other. */
function isShortName(name: string): boolean {
  return /~\d+(?:\.|$)/.test(name);
}

function whyNoName(name: string, platform: NodeJS.Platform): string | null {
  if (name === '' || name === '.') return 'a part between two slashes is empty or “.”';
  if (Buffer.byteLength(name) > longestName) return `a part is longer than ${longestName} bytes`;
  if (platform !== 'win32') return null;
  if (isShortName(name))
    return `Windows may take “${name}” for the short name of another file; write its whole name`;
  // Windows takes these for devices, streams or another name.
  const isDevice = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i.test(name);
  return isDevice || /[<>:"|?*]|[. ]$/.test(name) ? `Windows has no file named “${name}”` : null;
}
