/** Briefs for runner tests, and the artifacts that they speak of. */
import { createHash } from 'node:crypto';
import type { CompanyActs } from '../../src/contract/company-acts.ts';
import type { GuardedWorkspace } from '../../src/contract/guarded-workspace.ts';
import { nothingToHandOver } from '../../src/contract/model-access.ts';
import type { TaskBrief } from '../../src/contract/queries.ts';
import type { RunContext } from '../../src/contract/runner.ts';
import type { ArtifactHash } from '../../src/core/ids.ts';
import type { Artifact } from '../../src/core/task/task.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export const sha256 = (content: string | Uint8Array): ArtifactHash =>
  createHash('sha256').update(content).digest('hex') as ArtifactHash;

/** What upstream tasks handed in, by hash. */
export class Shelf {
  readonly #bytes = new Map<string, Uint8Array>();

  put(path: string, content: string | Uint8Array): Artifact {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const hash = sha256(bytes);
    this.#bytes.set(hash, bytes);
    return { hash, path, bytes: bytes.length };
  }

  readonly read = async (hash: string): Promise<Uint8Array> => {
    const bytes = this.#bytes.get(hash);
    if (!bytes) throw new Error(`no artifact ${hash}`);
    return bytes;
  };
}

export interface BriefParts {
  readonly title?: string;
  readonly role?: string;
  readonly kind?: 'step' | 'review' | 'single';
  readonly epic?: { readonly title: string; readonly description: string } | null;
  readonly attempts?: number;
  readonly inputs?: TaskBrief['inputs'];
  readonly notes?: readonly string[];
  /** For a review: what it is about, and the earlier notes on it. */
  readonly review?: {
    readonly artifacts: readonly Artifact[];
    readonly notes?: readonly { note: string; hash: string }[];
  };
}

const darkMode = {
  title: 'Dark mode',
  description:
    'People read at night and are dazzled.\n- The whole app has a dark theme.\n- It follows the system.',
};

/** A brief as the host gives it. */
export function briefOf({
  title = 'Write PRD',
  role = 'pm',
  kind = 'step',
  epic = darkMode,
  attempts = 1,
  inputs = [],
  notes = [],
  review,
}: BriefParts = {}): TaskBrief {
  const noteRows = (all: readonly { note: string; hash: string }[]) =>
    all.map(({ note, hash }) => ({
      gateId: 'gate_1',
      gateName: 'kickoff',
      by: 'member_2',
      note,
      at: 5,
      artifactHash: hash,
      unanswered: false,
    }));
  const artifactHash = review?.artifacts[0]?.hash ?? sha256('');
  const brief = {
    company: 'Acme',
    task: {
      id: 'task_1',
      kind,
      title,
      description: '',
      checks: [],
      roleId: role,
      stepId: '1',
      priority: 'NORMAL',
      attempts: Array.from({ length: attempts }, (_, n) => ({ number: n + 1 })),
      review: review ? { gateId: 'gate_1', roleId: role, artifactHash } : null,
    },
    epic: epic && { id: 'epic_1', ...epic },
    story: null,
    member: { id: 'member_1', name: 'ada', roleIds: [role] },
    inputs,
    notes: noteRows(notes.map((note) => ({ note, hash: sha256(note) }))),
    review: review && {
      gate: { id: 'gate_1', name: 'kickoff', rule: { position: 'after' } },
      task: { notes: noteRows(review.notes ?? []) },
      artifacts: review.artifacts.map((artifact) => ({ ...artifact, from: 'Write PRD' })),
    },
    capabilities: [],
    questions: [],
    parts: [],
    returns: [],
    reports: [],
    proofs: [],
  };
  // The rest of the rows is of no interest to a runner.
  return brief as unknown as TaskBrief;
}

/** No runner there is writes to the company's files. */
const untouched: GuardedWorkspace = {
  lock: () => Promise.reject(new Error('the runner locked files')),
  list: () => Promise.reject(new Error('the runner listed the files of the company')),
  read: () => Promise.reject(new Error('the runner read a file of the company')),
};

/** Nor do they do anything in the company. */
const idle = new Proxy({} as CompanyActs, {
  get: (_acts, name) => () => Promise.reject(new Error(`the runner did ${String(name)}`)),
});

export async function contextOf(
  parts: BriefParts,
  {
    options = {},
    shelf = new Shelf(),
    signal = new AbortController().signal,
    log = () => undefined,
  }: {
    readonly options?: Readonly<Record<string, unknown>>;
    readonly shelf?: Shelf;
    readonly signal?: AbortSignal;
    readonly log?: (line: string) => void;
  } = {},
): Promise<RunContext> {
  return {
    brief: briefOf(parts),
    workspace: await temporaryFolder(),
    tree: null,
    guarded: untouched,
    carryAlong: () => Promise.reject(new Error('the runner brought files along')),
    acts: idle,
    handover: nothingToHandOver,
    signal,
    log,
    spend: () => Promise.reject(new Error('the runner spent something')),
    approve: () => Promise.reject(new Error('the runner asked for an approval')),
    readArtifact: shelf.read,
    options,
  };
}
