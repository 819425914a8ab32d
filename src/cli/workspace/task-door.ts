/** Asks the worker of the task that this program runs for: a connection for each question. */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import type { DoorAnswer, DoorCall } from '../../contract/task-files.ts';
import { doorFileSchema } from '../../contract/task-files.ts';
import type { ReadFile, WrittenFile } from '../../contract/workspace.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import { ms } from '../../core/units.ts';
import type { CompanyFiles } from './company-files.ts';

/** @param file what the variable names @throws CoordError `NOT_CONNECTED` - the run is over, or it is no such file */
export async function doorOf(file: string): Promise<CompanyFiles> {
  const door = await readDoor(file);
  const ask = (call: DoorCall) => askDoor(door, call);
  return {
    ofTask: true,
    lock: async ({ scope, intent, ttl = null, wait = ms(0) }) => {
      const { token } = (await ask({ call: 'lock', scope, intent, ttl, wait })) as { token: Seq };
      return token;
    },
    unlock: async (token) => {
      await ask({ call: 'unlock', token });
    },
    read: async (path) => (await ask({ call: 'read', path })) as ReadFile | null,
    change: async (files, token) =>
      (await ask({ call: 'change', token, files: [...files] })) as readonly WrittenFile[],
  };
}

interface Door {
  readonly address: string;
  readonly key: string;
}

async function readDoor(file: string): Promise<Door> {
  try {
    return doorFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw closed(error);
  }
}

async function askDoor({ address, key }: Door, ask: DoorCall): Promise<unknown> {
  const line = await exchange(address, `${JSON.stringify({ key, ask })}\n`);
  const answer = JSON.parse(line) as DoorAnswer;
  if ('error' in answer) throw CoordError.fromJSON(answer.error);
  return answer.value;
}

async function exchange(address: string, question: string): Promise<string> {
  try {
    const socket = connect(address);
    socket.write(question);
    const answer = await readAll(socket);
    if (answer.endsWith('\n')) return answer;
  } catch (error) {
    throw closed(error);
  }
  throw closed();
}

function closed(cause?: unknown): CoordError {
  return new CoordError(
    'NOT_CONNECTED',
    'The worker of this task does not answer: the run is over. Nothing more is read or written for it',
    {},
    { cause },
  );
}
