/** What a path of the workspace may look like: relative, and plainly inside. */
import { CoordError } from '../error.ts';

/**
 * Looks at the text alone; where links lead is for the workspace to see.
 * @param doing after `Can't`: lock, write, read
 * @param asked as the caller wrote it
 * @throws CoordError `PATH_OUTSIDE`; `BAD_INPUT` - it is empty
 */
export function refusePath(doing: string, path: string, asked = path): void {
  if (path === '' || path === '.') {
    throw new CoordError(
      'BAD_INPUT',
      `Can't ${doing} “${asked}”: it is empty. Name a path such as src/app.ts`,
      {
        path: asked,
      },
    );
  }
  const why = whyOutside(path);
  if (why === null) return;
  throw new CoordError(
    'PATH_OUTSIDE',
    `Can't ${doing} ${JSON.stringify(asked)}: ${why}. Name a path inside the workspace, such as src/app.ts`,
    { path: asked },
  );
}

function whyOutside(path: string): string | null {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is absolute';
  if (path.split('/').includes('..')) return '“..” leads out of its folder';
  if (path.includes('\\')) return 'it has a backslash; / stands between the parts of a path';
  // A half of a surrogate pair has no form on the disk that is its own.
  return /[\p{Cc}\p{Cs}]/u.test(path) ? 'it has a character that no name may have' : null;
}
