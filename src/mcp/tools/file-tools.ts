/** Tools for the files that the company works on: lock, read, write under a lock, let go. */
import { z } from 'zod';
import { lockIdSchema, taskIdSchema } from '../../core/ids.ts';
import { contentInput, contentOf } from '../content-shape.ts';
import type { Tool } from '../define-tool.ts';
import { defineTool } from '../define-tool.ts';
import { readableText } from '../readable-text.ts';
import { iso } from '../shapes.ts';
import { waitInput, waitMs } from '../wait-input.ts';

const lock = { lock_id: lockIdSchema.describe('a lock that you took in this session') };
const path = z.string().min(1).max(1_000).describe('relative to the workspace, with / between its parts');

export const fileTools: readonly Tool[] = [
  defineTool({
    name: 'lock_files',
    title: 'Lock files',
    description:
      'Locks a path or a glob, so that nobody else writes there, and holds it (renewed by itself) until unlock_files or the end of the session. Refused with LOCK_HELD, naming the holder, when somebody has it; give wait_seconds to wait. Lock before you write, as little and as briefly as you can.',
    input: z.strictObject({
      scope: z.string().min(1).max(1_000).describe('a path or a glob: src/login/**'),
      intent: z.string().trim().min(1).max(500).describe('what for: whoever waits reads it'),
      task_id: taskIdSchema.optional().describe('the lock ends with your lease on this task at the latest'),
      ...waitInput,
    }),
    output: z.object({ lock_id: z.string(), scope: z.string(), until: z.string() }),
    run: async (
      { scope, intent, task_id: taskId, wait_seconds: wait },
      { desk, session, signal, progress },
    ) => {
      if (wait > 0) await progress(`waiting for ${scope}`);
      const held = await session.lockFile(scope, {
        intent,
        wait: waitMs(wait),
        signal,
        ...(taskId !== undefined && { taskId }),
      });
      desk.locks.add(held);
      return { lock_id: held.id, scope: held.scope, until: iso(held.lock.until) };
    },
  }),
  defineTool({
    name: 'unlock_files',
    title: 'Unlock files',
    description: 'Lets a lock of yours go, so that others may write there.',
    input: z.strictObject(lock),
    output: z.object({ unlocked: z.string().describe('the scope') }),
    run: async ({ lock_id: lockId }, { desk }) => {
      const held = desk.locks.require(lockId);
      await held.release();
      desk.locks.remove(lockId);
      return { unlocked: held.scope };
    },
  }),
  defineTool({
    name: 'list_files',
    title: 'List files',
    description:
      'The files of the workspace that the company works on, by path, without those of git and of installed packages. Give a folder to see only what is in it; `total` says how many there are when they are more than `limit`. Read one with read_file.',
    input: z.strictObject({
      folder: path.optional().describe('such as src/login; left out: all of it'),
      limit: z.number().int().min(1).max(5_000).default(500),
    }),
    output: z.object({
      files: z.array(z.object({ path: z.string(), bytes: z.number() })),
      total: z.number(),
    }),
    reads: true,
    run: async ({ folder, limit }, { session }) => {
      const files = await session.listFiles(folder);
      return { files: files.slice(0, limit), total: files.length };
    },
  }),
  defineTool({
    name: 'read_file',
    title: 'Read a file',
    description:
      'A file of the workspace that the company works on. `hash` is its SHA-256: give it to write_file to be refused when somebody changed the file meanwhile. `exists` is false when there is none.',
    input: z.strictObject({ path }),
    output: z.object({
      exists: z.boolean(),
      hash: z.string().nullable(),
      text: z.string().optional(),
      base64: z.string().optional(),
    }),
    reads: true,
    run: async ({ path: name }, { session }) => {
      const bytes = await session.readFile(name);
      if (bytes === null) return { exists: false, hash: null };
      const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(bytes))).toString('hex');
      const text = readableText(bytes);
      const content = text === null ? { base64: Buffer.from(bytes).toString('base64') } : { text };
      return { exists: true, hash, ...content };
    },
  }),
  defineTool({
    name: 'write_file',
    title: 'Write a file',
    description:
      'Writes a whole file of the workspace under a lock that you hold and that covers its path. Refused with FILE_CHANGED when if_hash does not fit, and with LOCK_LOST when the lock is not yours any more.',
    input: z.strictObject({
      ...lock,
      path,
      ...contentInput,
      if_hash: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable()
        .optional()
        .describe('the SHA-256 that the file has now; null: it must not be there'),
    }),
    output: z.object({ path: z.string(), hash: z.string().nullable() }),
    destroys: true,
    repeatable: true,
    run: async ({ lock_id: lockId, path: name, content: plain, text, base64, if_hash: ifHash }, { desk }) => {
      const held = desk.locks.require(lockId);
      const content = contentOf({ content: plain, text, base64 });
      const written = await held.writeFile(name, content, ifHash === undefined ? {} : { ifHash });
      return { path: name, hash: written.hash };
    },
  }),
];
