/**
 * The door through which a command reaches the company's files: its worker holds the locks and does the writing.
 *
 * A lock is a connection's, and the programs that a command starts come and go; the worker's connection stays. They get
 * no token of the company: the door does what a runner may do with files, for this task and while it runs.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { GuardedWorkspace, LockedFiles } from '../contract/guarded-workspace.ts';
import type { DoorAnswer, DoorCall } from '../contract/task-files.ts';
import { doorRequestSchema, maxDoorLine } from '../contract/task-files.ts';
import { CoordError } from '../core/error.ts';
import type { Seq } from '../core/ids.ts';

export interface FilesDoor {
  /** The private file that leads to it. */
  readonly file: string;
  close(): Promise<void>;
}

/** @param folder the run's own, which nobody else may enter */
export async function openFilesDoor(guarded: GuardedWorkspace, folder: string): Promise<FilesDoor> {
  const key = randomBytes(32).toString('base64url');
  const isWindows = process.platform === 'win32';
  const address = isWindows
    ? `\\\\.\\pipe\\agentcoord-files-${randomBytes(16).toString('hex')}`
    : join(folder, 'files.sock');
  const calls = new TaskFiles(guarded);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    void serve(socket, key, calls);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  const file = join(folder, 'files.json');
  await writeFile(file, `${JSON.stringify({ address, key })}\n`, { mode: 0o600, flag: 'wx' });
  return {
    file,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
      await rm(file, { force: true });
    },
  };
}

/** One question a connection. */
async function serve(socket: Socket, key: string, calls: TaskFiles): Promise<void> {
  const line = await firstLine(socket);
  if (line === null) return;
  const answer = await answerTo(line, key, calls);
  if (!socket.destroyed) socket.end(`${JSON.stringify(answer)}\n`);
  else if ('lock' in answer) await calls.giveBack(answer.lock);
}

async function answerTo(
  line: string,
  key: string,
  calls: TaskFiles,
): Promise<DoorAnswer & { readonly lock?: Seq }> {
  try {
    const { data, error } = doorRequestSchema.safeParse(parsed(line));
    if (!data) throw new CoordError('BAD_INPUT', `The files door was asked in a wrong way: ${error.message}`);
    if (!isSame(data.key, key)) {
      throw new CoordError('SESSION_INVALID', 'The key does not open this door: it is for another run');
    }
    const value = await calls.answer(data.ask);
    return data.ask.call === 'lock' ? { value, lock: (value as { token: Seq }).token } : { value };
  } catch (error) {
    const known =
      error instanceof CoordError
        ? error
        : new CoordError('INTERNAL', error instanceof Error ? error.message : String(error));
    return { error: known.toJSON() };
  }
}

/** The files as the programs of one run see them. */
class TaskFiles {
  readonly #guarded: GuardedWorkspace;
  readonly #locks = new Map<Seq, LockedFiles>();

  constructor(guarded: GuardedWorkspace) {
    this.#guarded = guarded;
  }

  async answer(ask: DoorCall): Promise<unknown> {
    switch (ask.call) {
      case 'lock': {
        const { scope, intent, ttl, wait } = ask;
        const files = await this.#guarded.lock(scope, { intent, wait, ...(ttl !== null && { ttl }) });
        this.#locks.set(files.token, files);
        return { token: files.token };
      }
      case 'unlock':
        await this.#locked(ask.token).release();
        this.#locks.delete(ask.token);
        return null;
      case 'read': {
        const bytes = await this.#guarded.read(ask.path);
        return bytes && { base64: Buffer.from(bytes).toString('base64'), hash: sha256(bytes) };
      }
      case 'change':
        return await this.#locked(ask.token).merge(
          ask.files.map(({ path, base64, ifHash }) => ({
            path,
            bytes: base64 === null ? null : Buffer.from(base64, 'base64'),
            ...(ifHash !== undefined && { ifHash }),
          })),
        );
    }
  }

  /** Whoever asked for it is gone. */
  async giveBack(token: Seq): Promise<void> {
    await this.answer({ call: 'unlock', token }).catch(() => undefined);
  }

  /** A lock that was lost is still known: the host refuses what is done under it. */
  #locked(token: Seq): LockedFiles {
    const files = this.#locks.get(token);
    if (files) return files;
    const held = [...this.#locks.keys()].join(', ') || 'none';
    throw new CoordError(
      'LOCK_LOST',
      `No lock of this task has the token ${token} (it has: ${held}). Lock the files with \`agentcoord files lock\`, read them anew, and use its token`,
      { token },
    );
  }
}

/** Null: the connection ended before its end. */
function firstLine(socket: Socket): Promise<string | null> {
  return new Promise((resolve) => {
    const pieces: string[] = [];
    let length = 0;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      const end = text.indexOf('\n');
      pieces.push(end < 0 ? text : text.slice(0, end));
      length += text.length;
      if (end >= 0) resolve(pieces.join(''));
      else if (length > maxDoorLine) socket.destroy();
    });
    socket.once('close', () => resolve(null));
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isSame(given: string, key: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(key));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
