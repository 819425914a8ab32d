/** What the text of a prompt speaks of, from the brief of a task. What others wrote is fenced. */
import type { RunContext } from '../../contract/runner.ts';
import type { Artifact } from '../../core/task/task.ts';
import type { Fence } from './fence.ts';
import type { PromptValues } from './prompt-template.ts';
import { shortened } from './tools/tool.ts';
import type { CommandPlace } from './workspace-copy.ts';

/** In characters: of one artifact, and of all together. */
const mostOfOne = 40_000;
const mostOfAll = 160_000;
const lastAttempts = 3;

export async function promptValues(
  { brief, readArtifact }: Pick<RunContext, 'brief' | 'readArtifact'>,
  { allowed, place }: { readonly allowed: readonly string[]; readonly place: Pick<CommandPlace, 'isKept'> },
  fence: Fence,
): Promise<PromptValues> {
  const { task, epic, member, company, review } = brief;
  const artifacts = new ArtifactTexts(readArtifact, fence);
  const reason = task.attempts.flatMap(({ outcome, reason: why, number }) =>
    (outcome === 'failed' || outcome === 'expired') && why !== null ? [`Attempt ${number}: ${why}`] : [],
  );
  const notes = [
    ...(review ? (review.task?.notes ?? []) : brief.notes).map(({ gateName, note }) =>
      fence(`note of gate ${gateName}`, note),
    ),
    ...brief.returns.map(({ by, note }) => fence(`note of ${by}`, note)),
  ];
  return {
    attempts: reason
      .slice(-lastAttempts)
      .map((text) => fence('an attempt that failed', text))
      .join('\n\n'),
    capabilities: brief.capabilities.join(', '),
    command_place: placeWords(place, task.kind === 'review'),
    commands: allowed.map((command) => `\`${command}\``).join(', '),
    company,
    epic: epic ? fence(`epic “${epic.title}”`, epic.description || epic.title) : '',
    inputs: await artifacts.ofEach(brief.inputs.map(({ title, artifacts: made }) => ({ title, made }))),
    member: member.name,
    notes: notes.join('\n\n'),
    parts: await partTexts(brief, artifacts, fence),
    questions: await questionTexts(brief, artifacts, fence),
    review: review
      ? await artifacts.ofEach([{ title: `gate ${review.gate.name}`, made: review.artifacts }])
      : '',
    review_role: task.review?.roleId ?? '',
    roles: member.roleIds.join(', '),
    task: fence(`task ${task.id}`, [task.title, task.description].filter(Boolean).join('\n\n')),
  };
}

function placeWords({ isKept }: Pick<CommandPlace, 'isKept'>, isReview: boolean): string {
  if (!isKept) return 'A command runs in a copy of the workspace: what it changes there is not kept.';
  if (isReview)
    return 'A command runs in a checkout of what is to be judged: what it changes there is not kept.';
  return 'A command runs in your worktree: what it changes there is a part of what you hand in.';
}

async function partTexts(
  { parts }: RunContext['brief'],
  artifacts: ArtifactTexts,
  fence: Fence,
): Promise<string> {
  const texts: string[] = [];
  for (const { id, title, state, by, failedBecause, artifacts: made } of parts) {
    const why = failedBecause === null ? '' : `\n${fence('why', failedBecause)}`;
    const results = await artifacts.ofEach([{ title, made }]);
    texts.push(`${id} by ${by ?? 'nobody'}, ${state}: ${fence('title', title)}${why}\n${results}`);
  }
  return texts.join('\n\n');
}

async function questionTexts(
  { questions }: RunContext['brief'],
  artifacts: ArtifactTexts,
  fence: Fence,
): Promise<string> {
  const texts: string[] = [];
  for (const { to, text, answer } of questions) {
    const said = answer?.text ? fence(`answer of ${answer.by}`, answer.text) : '';
    const made = answer
      ? await artifacts.ofEach([{ title: `answer of ${answer.by}`, made: answer.artifacts }])
      : '';
    texts.push([fence(`question to ${to}`, text), said, made].filter(Boolean).join('\n'));
  }
  return texts.join('\n\n');
}

/** Reads artifacts as texts, until there is no more room in the prompt. */
class ArtifactTexts {
  readonly #read: RunContext['readArtifact'];
  readonly #fence: Fence;
  #room = mostOfAll;

  constructor(read: RunContext['readArtifact'], fence: Fence) {
    this.#read = read;
    this.#fence = fence;
  }

  async ofEach(groups: readonly { title: string; made: readonly Artifact[] }[]): Promise<string> {
    const texts: string[] = [];
    for (const { title, made } of groups) {
      for (const artifact of made) texts.push(await this.#textOf(title, artifact));
    }
    return texts.join('\n\n');
  }

  async #textOf(title: string, { hash, path, bytes }: Artifact): Promise<string> {
    const what = `${path} of “${title}”`;
    if (this.#room <= 0) return this.#fence(what, `Left out for want of room: ${bytes} bytes.`);
    const content = await this.#read(hash);
    if (content.includes(0)) return this.#fence(what, `No text: ${bytes} bytes.`);
    const text = shortened(new TextDecoder().decode(content), Math.min(mostOfOne, this.#room));
    this.#room -= text.length;
    return this.#fence(what, text);
  }
}
