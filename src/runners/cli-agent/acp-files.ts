/** The files that an agent reads and writes over the protocol: those of the task, each write under a lock of its own. */
import path from 'node:path';
import type { CompanyActs } from '../../contract/company-acts.ts';
import type { GuardedWorkspace } from '../../contract/guarded-workspace.ts';
import { CoordError } from '../../core/error.ts';
import { seconds } from '../../core/units.ts';

export interface AcpFiles {
  read(file: string, line: number | null, limit: number | null): Promise<string>;
  write(file: string, content: string): Promise<void>;
}

export interface AcpFilesOf {
  readonly guarded: GuardedWorkspace;
  /** What is refused here never reaches the host, which has what it refuses itself on record. */
  readonly record: CompanyActs['record'];
  /** Of the task. */
  readonly title: string;
}

const waitForLock = seconds(60);
/** Of one run: an agent that asks and asks fills no log. */
const mostRecorded = 50;
const longestName = 500;

/** @param root where the agent runs: the protocol names files by their absolute paths */
export function acpFiles(root: string, { guarded, record, title }: AcpFilesOf): AcpFiles {
  let refused = 0;
  const nameOf = async (file: string, act: 'read' | 'wrote'): Promise<string> => {
    const name = inside(root, file);
    if (name !== null) return name;
    refused += 1;
    const further = refused === mostRecorded ? '; any further ones of this run are not on record' : '';
    if (refused <= mostRecorded) {
      const what = `${act} no file: ${JSON.stringify(file.slice(0, longestName))}`;
      await record(what, `it is not in the folder of the task${further}`);
    }
    throw outside(root, file);
  };
  return {
    read: async (file, line, limit) => {
      const bytes = await guarded.read(await nameOf(file, 'read'));
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
      const name = await nameOf(file, 'wrote');
      const files = await guarded.lock(name, { intent: `writes it for "${title}"`, wait: waitForLock });
      try {
        await files.write(name, Buffer.from(content));
      } finally {
        await files.release();
      }
    },
  };
}

/** Its path from there; null: it is none. Links are for the host to judge. */
function inside(root: string, file: string): string | null {
  const relative = path.relative(root, path.resolve(root, file));
  const isInside = relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
  return isInside && !file.includes('\0') ? relative.split(path.sep).join('/') : null;
}

function outside(root: string, file: string): CoordError {
  return new CoordError(
    'PATH_OUTSIDE',
    `The agent may read and write files of its task only, and “${file}” is none. They are in ${root}`,
    { path: file },
  );
}
