/** What the text of a prompt speaks of, from the brief of a task. What others wrote is fenced. */
import type { RunContext } from '../../contract/runner.ts';
import type { Artifact } from '../../core/task/task.ts';
import { checkWords } from '../check-words.ts';
import type { Fence } from './fence.ts';
import { estimate } from './paid-calls.ts';
import type { PromptValues } from './prompt-template.ts';
import { fitted } from './room.ts';
import { shortened } from './tools/tool.ts';
import type { CommandPlace } from './workspace-copy.ts';

/** In characters: of one artifact. */
const mostOfOne = 40_000;
/** In tokens: of all artifacts together. */
const mostOfAll = 55_000;
/** With less of an artifact nobody could do anything. */
const leastOfOne = 50;
const lastAttempts = 3;

export interface PromptPlace {
  /** Commands that it may run. */
  readonly allowed: readonly string[];
  readonly place: Pick<CommandPlace, 'isKept'>;
  /** For the prompt and all that is said after it, in tokens. */
  readonly room: number;
}

export async function promptValues(
  { brief, readArtifact }: Pick<RunContext, 'brief' | 'readArtifact'>,
  { allowed, place, room }: PromptPlace,
  openFence: Fence,
): Promise<PromptValues> {
  const { task, epic, member, company, review } = brief;
  const artifacts = new ArtifactTexts(readArtifact, openFence, Math.min(mostOfAll, room / 2));
  // No single text of others takes the room of all.
  const fence: Fence = (what, text) => openFence(what, fitted(text, room / 8));
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
      ? [
          await artifacts.ofEach([{ title: `gate ${review.gate.name}`, made: review.artifacts }]),
          proofTexts(brief, fence),
        ].join('\n\n')
      : '',
    review_role: task.review?.roleId ?? '',
    roles: member.roleIds.join(', '),
    task: openFence(`task ${task.id}`, [task.title, task.description].filter(Boolean).join('\n\n')),
  };
}

function placeWords({ isKept }: Pick<CommandPlace, 'isKept'>, isReview: boolean): string {
  if (!isKept) return 'A command runs in a copy of the workspace: what it changes there is not kept.';
  if (isReview)
    return 'A command runs in a checkout of what is to be judged: what it changes there is not kept.';
  return 'A command runs in your worktree: what it changes there is a part of what you hand in.';
}

/** What whoever handed in says that the checks of its step came to. */
function proofTexts({ proofs }: RunContext['brief'], fence: Fence): string {
  const texts = proofs.flatMap(({ from, commit, checks }) =>
    checks.map((check) =>
      fence(`check of “${from}”${commit === null ? '' : ` at ${commit}`}`, checkWords(check)),
    ),
  );
  return texts.length === 0
    ? 'No checks were run on it: its step has none.'
    : ['These checks were run on it:', ...texts].join('\n\n');
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
  /** In tokens. */
  #room: number;

  constructor(read: RunContext['readArtifact'], fence: Fence, room: number) {
    this.#read = read;
    this.#fence = fence;
    this.#room = room;
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
    if (this.#room < leastOfOne) return this.#fence(what, `Left out for want of room: ${bytes} bytes.`);
    const content = await this.#read(hash);
    if (content.includes(0)) return this.#fence(what, `No text: ${bytes} bytes.`);
    const text = fitted(shortened(new TextDecoder().decode(content), mostOfOne), this.#room);
    this.#room -= estimate(text);
    return this.#fence(what, text);
  }
}
