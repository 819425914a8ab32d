/** Lays out the folder that a command runs in: the brief, what it builds on, and places for what it makes. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { TaskBrief } from '../contract/queries.ts';
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
  for (const [place, { artifacts }] of inputGroups(brief).entries()) {
    for (const artifact of artifacts)
      await writeInput(join(folders.inputs, String(place + 1)), artifact, readArtifact);
  }
  return folders;
}

export interface InputGroup {
  readonly about: 'input' | 'review' | 'answer' | 'part';
  readonly title: string;
  readonly artifacts: readonly Artifact[];
}

/** In the order of their folders, which are numbered from 1: what it builds on, what is judged, answers, parts. */
export function inputGroups({ inputs, review, questions, parts }: TaskBrief): readonly InputGroup[] {
  return [
    ...inputs.map(({ title, artifacts }) => ({ about: 'input' as const, title, artifacts })),
    { about: 'review', title: review?.gate.name ?? '', artifacts: review?.artifacts ?? [] },
    ...questions.flatMap(({ answer }) =>
      answer ? [{ about: 'answer' as const, title: answer.by, artifacts: answer.artifacts }] : [],
    ),
    ...parts.map(({ title, artifacts }) => ({ about: 'part' as const, title, artifacts })),
  ];
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
