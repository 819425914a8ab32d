/** The company's files as the commands see them, whoever does the work. */
import type { ReadFile, WrittenFile } from '../../contract/workspace.ts';
import type { ArtifactHash, Seq } from '../../core/ids.ts';
import type { DurationMs } from '../../core/units.ts';

export interface LockWanted {
  readonly scope: string;
  readonly intent: string;
  readonly ttl?: DurationMs | undefined;
  readonly wait?: DurationMs | undefined;
}

export interface Change {
  readonly path: string;
  /** The whole file; null removes it. */
  readonly base64: string | null;
  /** Refused unless the file has this hash now; null: unless it is not there. */
  readonly ifHash?: ArtifactHash | null;
}

export interface CompanyFiles {
  /** The program runs for a task: its worker keeps the locks between one command and the next. */
  readonly ofTask: boolean;
  lock(wanted: LockWanted): Promise<Seq>;
  unlock(token: Seq): Promise<void>;
  read(path: string): Promise<ReadFile | null>;
  change(files: readonly Change[], token: Seq): Promise<readonly WrittenFile[]>;
}
