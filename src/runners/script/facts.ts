/** What a script writes about: the brief in plain words, with the text of everything it builds on. */
import type { TaskBrief } from '../../contract/queries.ts';
import type { RunContext } from '../../contract/runner.ts';
import type { Artifact } from '../../core/task/task.ts';

export interface Input {
  /** Of the task that handed it in. */
  readonly title: string;
  readonly artifact: Artifact;
  /** Empty when it is not a text. */
  readonly text: string;
}

export interface Facts {
  readonly brief: TaskBrief;
  /** The epic's title, or the task's own when it stands alone. */
  readonly subject: string;
  readonly purpose: string;
  /** What is asked for, one sentence each; at least one. */
  readonly requirements: readonly string[];
  readonly inputs: readonly Input[];
  /** What rejections said, oldest first. */
  readonly notes: readonly { readonly gate: string; readonly note: string }[];
  /** The subject as a file name. */
  readonly slug: string;
}

const maxRequirements = 12;

export async function gatherFacts({
  brief,
  readArtifact,
}: Pick<RunContext, 'brief' | 'readArtifact'>): Promise<Facts> {
  const subject = brief.story?.title ?? brief.epic?.title ?? brief.task.title;
  const description = [brief.epic?.description, brief.task.description].filter(Boolean).join('\n');
  const found = brief.inputs.flatMap(({ title, artifacts }) =>
    artifacts.map((artifact) => ({ title, artifact })),
  );
  return {
    brief,
    subject,
    purpose: sentencesOf(description)[0] ?? `${subject} is wanted, and nothing more was said about it.`,
    requirements: requirementsOf(subject, description),
    inputs: await Promise.all(
      found.map(async (input) => ({ ...input, text: textOf(await readArtifact(input.artifact.hash)) })),
    ),
    notes: brief.notes.map(({ gateName, note }) => ({ gate: gateName, note })),
    slug: slugOf(subject),
  };
}

export function headingsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => /^#{1,6} +(.+)$/.exec(line)?.[1]?.trim() ?? []);
}

export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}

function requirementsOf(subject: string, description: string): string[] {
  const asked = sentencesOf(description).slice(0, maxRequirements);
  return asked.length > 0 ? asked : [`${subject} works for the people who asked for it.`];
}

function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/)
    .map((line) => line.replace(/^[\s>*#-]+|^\s*\d+[.)]\s+/g, '').trim())
    .filter((line) => line.length > 0);
}

function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return slug === '' ? 'work' : slug;
}
