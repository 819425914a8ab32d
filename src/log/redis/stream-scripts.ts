/** The scripts of a stream as commands of a line: their names, how many keys each takes, and what it answers. */

import { appendScript, fenceScript } from './append-script.ts';
import { archiveScript } from './archive-script.ts';
import { beatScript } from './beat-script.ts';
import type { RedisClient } from './redis-connection.ts';
import { restoreScript } from './restore-script.ts';
import type { RawEntry } from './stream-entry.ts';

export type ScriptArgument = string | number;

/** Each as its script says. */
export interface StreamScripts {
  appendBatch(
    ...args: ScriptArgument[]
  ): Promise<[base: number, at: string, refused: number[], entries: RawEntry[]]>;
  fenceSenders(...args: ScriptArgument[]): Promise<number>;
  restoreEntries(...args: ScriptArgument[]): Promise<[head: number, isRestoring: number]>;
  archivePiece(
    stream: string,
    meta: string,
    archive: string,
    from: number,
    to: number,
    by: string,
    piece: Buffer,
  ): Promise<number>;
  beat(...args: ScriptArgument[]): Promise<[at: string, hosts: string[]]>;
}

/** Each is known by its hash from then on, and is sent again to a server that does not know it. */
export function defineScripts(client: RedisClient): void {
  client.defineCommand('appendBatch', { numberOfKeys: 4, lua: appendScript });
  client.defineCommand('fenceSenders', { numberOfKeys: 1, lua: fenceScript });
  client.defineCommand('restoreEntries', { numberOfKeys: 3, lua: restoreScript });
  client.defineCommand('archivePiece', { numberOfKeys: 3, lua: archiveScript });
  client.defineCommand('beat', { numberOfKeys: 3, lua: beatScript });
}
