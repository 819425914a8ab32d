/** Lays out the folder that a command runs in: the brief, what it builds on, and places for what it makes. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { RunContext } from '../contract/runner.ts';
import type { Artifact } from '../core/task/task.ts';
import type { CommandFolders } from './command-environment.ts';

export async function layOutFolders({ brief, workspace, readArtifact }: RunContext): Promise<CommandFolders> {
  const folders = {
    brief: join(workspace, 'brief.json'),
    inputs: join(workspace, 'inputs'),
    output: join(workspace, 'output'),
    decision: join(workspace, 'decision'),
  };
  await mkdir(folders.inputs);
  await mkdir(folders.output);
  await writeFile(folders.brief, `${JSON.stringify(brief, null, 2)}\n`);
  const groups = [...brief.inputs.map(({ artifacts }) => artifacts), brief.review?.artifacts ?? []];
  for (const [place, artifacts] of groups.entries()) {
    for (const artifact of artifacts)
      await writeInput(join(folders.inputs, String(place + 1)), artifact, readArtifact);
  }
  return folders;
}

/** Another agent chose the path: one that leads out of the folder is written under its hash instead. */
async function writeInput(
  folder: string,
  { hash, path }: Artifact,
  readArtifact: RunContext['readArtifact'],
): Promise<void> {
  const wanted = resolve(folder, path);
  const file = wanted.startsWith(folder + sep) && !path.includes('\0') ? wanted : join(folder, hash);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await readArtifact(hash));
}
