/** The words for paths that the workspace refuses. */
import { CoordError } from '../../core/error.ts';

/** @param name of the part of the path that it is about */
export function linkInTheWay(asked: string, name: string): CoordError {
  return outside(asked, `“${name}” leads elsewhere: something was put in its place just now`);
}

/** What the system says when a part of a path has just become something else. */
const exchangeCodes = ['EEXIST', 'EINVAL', 'EISDIR', 'ELOOP', 'ENOENT', 'ENOTDIR', 'ESTALE'];

export function isExchanged(error: Error): boolean {
  return 'code' in error && exchangeCodes.includes(String(error.code));
}

export function exchanged(asked: string): CoordError {
  return outside(asked, 'something on its way was exchanged while it was looked at');
}

export function outside(asked: string, why: string): CoordError {
  return new CoordError(
    'PATH_OUTSIDE',
    `Refused ${JSON.stringify(asked)}: ${why}. Name a path inside the workspace, such as src/app.ts`,
    { path: asked },
  );
}

export function noFolder(asked: string, name: string): CoordError {
  return new CoordError('NOT_A_FILE', `Refused “${asked}”: “${name}” is no folder. Name a file in one`, {
    path: asked,
  });
}

export function noPlainFile(asked: string): CoordError {
  return new CoordError(
    'NOT_A_FILE',
    `Refused “${asked}”: what is there is no plain file (a folder, a pipe, a device or a socket). Name a file`,
    { path: asked },
  );
}
