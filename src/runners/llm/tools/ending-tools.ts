/** The tools that end a run: a task is handed in, a review is answered. */
import { z } from 'zod';
import type { ProducedFile } from '../../../contract/runner.ts';
import { CoordError } from '../../../core/error.ts';
import { isInnerPath } from '../../../core/task/artifact-path.ts';
import type { WorkspaceFiles } from '../workspace-files.ts';
import type { LlmTool } from './tool.ts';
import { defineTool } from './tool.ts';

/** What one task may hand in; the summary is one of them. */
const mostFiles = 199;
const summaryPath = 'summary.md';

export function finishTool(files: WorkspaceFiles): LlmTool {
  return defineTool(
    'finish',
    'Hands in your task and ends it. The files that you changed in the workspace are handed in by themselves; give documents of your own, and a summary for whoever builds on it.',
    z.object({
      summary: z.string().trim().min(1).max(20_000),
      documents: z
        .array(z.object({ path: z.string().min(1).max(400), content: z.string().max(2_000_000) }))
        .max(100)
        .default([]),
    }),
    async ({ summary, documents }) => {
      const made = new Map<string, Uint8Array>();
      for (const { path, content } of documents) made.set(requireInner(path), encoded(content));
      for (const path of files.changed) {
        const bytes = await files.bytes(path).catch(() => null);
        if (bytes !== null) made.set(`files/${path}`, bytes);
      }
      if (made.size > mostFiles) {
        throw new CoordError(
          'TOO_LARGE',
          `A task hands in ${mostFiles} files at most; these are ${made.size}`,
        );
      }
      if (!made.has(summaryPath))
        made.set(summaryPath, encoded(`${summary}\n${changedWords(files.changed)}`));
      const handedIn = [...made].map(([path, bytes]): ProducedFile => ({ path, bytes }));
      return { result: { kind: 'artifacts', files: handedIn } };
    },
  );
}

export function answerTool(): LlmTool {
  return defineTool(
    'answer',
    'Answers the review and ends it. Anything but approve needs a note that says why, and what to put right.',
    z.object({ decision: z.enum(['approve', 'request_changes', 'veto']), note: z.string().max(20_000) }),
    async ({ decision, note }) => {
      if (decision !== 'approve' && note.trim() === '') {
        throw new CoordError(
          'NOTE_REQUIRED',
          'Nothing was answered: say in the note what is to be put right',
        );
      }
      return { result: { kind: 'review', decision, note } };
    },
  );
}

function requireInner(path: string): string {
  if (isInnerPath(path)) return path;
  throw new CoordError(
    'BAD_INPUT',
    `“${path}” was not handed in: a path is relative, with / between its parts, and without “..”`,
    { path },
  );
}

function changedWords(changed: readonly string[]): string {
  return changed.length === 0 ? '' : `\nFiles changed:\n${changed.map((path) => `- ${path}`).join('\n')}\n`;
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
