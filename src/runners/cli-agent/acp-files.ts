/** The files that an agent reads and writes over the protocol: those of the task, each write under a lock of its own. */
import path from 'node:path';
import type { GuardedWorkspace } from '../../contract/guarded-workspace.ts';
import { CoordError } from '../../core/error.ts';
import { seconds } from '../../core/units.ts';

export interface AcpFiles {
  read(file: string, line: number | null, limit: number | null): Promise<string>;
  write(file: string, content: string): Promise<void>;
}

const waitForLock = seconds(60);

/** @param root where the agent runs: the protocol names files by their absolute paths */
export function acpFiles(root: string, guarded: GuardedWorkspace, title: string): AcpFiles {
  return {
    read: async (file, line, limit) => {
      const bytes = await guarded.read(inside(root, file));
      if (!bytes) throw new CoordError('NOT_FOUND', `There is no file ${file}`);
      const text = Buffer.from(bytes).toString('utf8');
      if (line === null && limit === null) return text;
      const from = Math.max(0, (line ?? 1) - 1);
      return text
        .split('\n')
        .slice(from, limit === null ? undefined : from + limit)
        .join('\n');
    },
    write: async (file, content) => {
      const name = inside(root, file);
      const files = await guarded.lock(name, { intent: `writes it for "${title}"`, wait: waitForLock });
      try {
        await files.write(name, Buffer.from(content));
      } finally {
        await files.release();
      }
    },
  };
}

/** @throws CoordError `PATH_OUTSIDE`; links are for the host to judge */
function inside(root: string, file: string): string {
  const relative = path.relative(root, path.resolve(root, file));
  const isInside = relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  if (isInside && !file.includes('\0')) return relative.split(path.sep).join('/');
  throw new CoordError(
    'PATH_OUTSIDE',
    `The agent may read and write files of its task only, and “${file}” is none. They are in ${root}`,
    { path: file },
  );
}
