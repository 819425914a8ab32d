/** The files of a company's workspace, as its members read and write them through the host. */
import { z } from 'zod';
import type { ArtifactHash } from '../core/ids.ts';
import { artifactHashSchema, seqSchema, taskIdSchema } from '../core/ids.ts';

/** The largest file, and the most that one merge may write, in bytes: in base64 it still fits into one frame. */
export const maxWorkspaceBytes = 20 * 1024 * 1024;

/** Relative to the root of the workspace, with `/` between its parts. */
const workspacePathSchema = z.string().min(1).max(1_000);

/** Whose worktree it is in, where tasks have worktrees; null: the company's own files. */
const ofTask = { taskId: taskIdSchema.nullable().default(null) };

export const readFileSchema = z.strictObject({ path: workspacePathSchema, ...ofTask });

/** The files below a folder; null: all there are. */
export const listFilesSchema = z.strictObject({
  folder: workspacePathSchema.nullable().default(null),
  ...ofTask,
});

export const fileChangeSchema = z.strictObject({
  path: workspacePathSchema,
  /** The whole file; null removes it. */
  base64: z.base64().nullable(),
  /** Of a lock that this session holds and that covers the path. */
  token: seqSchema.nullable().default(null),
  /** Refused unless the file has this hash now; null: unless it is not there. */
  ifHash: artifactHashSchema.nullable().optional(),
});

export const writeFileSchema = z.strictObject({ ...fileChangeSchema.shape, ...ofTask });

/** Several writes, all of them or none. */
export const mergeFilesSchema = z.strictObject({
  files: z.array(fileChangeSchema).min(1).max(200),
  ...ofTask,
});

export interface ReadFile {
  readonly base64: string;
  readonly hash: ArtifactHash;
}

/** A plain file of the workspace. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** Another one once the file was changed. */
  readonly mark: string;
  /** Only there when it is. */
  readonly isExecutable?: true;
}

export interface WrittenFile {
  /** Where it really is, links resolved. */
  readonly path: string;
  /** Null: it is removed. */
  readonly hash: ArtifactHash | null;
  readonly bytes: number;
  /** Whether there was one under this path until then. */
  readonly existed: boolean;
}
