/** Lays the artifacts of a demo out as a person would look for them: a folder for each step, files by their names. */
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Artifact, Task } from '../../core/task/task.ts';

/** Resolves with the folder: `<dataDir>/artifacts-by-step`. */
export async function nameArtifacts(
  dataDir: string,
  tasks: readonly Task[],
  fileOf: (artifact: Artifact) => string,
): Promise<string> {
  const folder = join(dataDir, 'artifacts-by-step');
  for (const task of tasks) {
    const stepFolder = join(folder, `${slug(`${task.stepId ?? ''} ${task.title}`)}`);
    for (const artifact of task.submission?.artifacts ?? []) {
      const target = inside(stepFolder, artifact.path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await copyFile(fileOf(artifact), target);
    }
  }
  return folder;
}

const slug = (title: string): string => title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');

/** An agent chose the path: one that leads out of the folder loses all but its last part. */
function inside(folder: string, path: string): string {
  const target = resolve(folder, path);
  const leadsOut = relative(folder, target).split(sep)[0] === '..';
  return leadsOut ? join(folder, basename(target)) : target;
}
