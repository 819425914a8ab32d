/** What a log asks the thread that writes for it, and what that answers: one answer to each order, in their order. */
import type { CoordErrorJson } from '../../core/error.ts';
import type { SqliteOptions } from './connection.ts';
import type { Cells } from './event-cells.ts';

/** With what the thread starts. */
export interface WriterPlace {
  readonly file: string;
  readonly options: SqliteOptions;
}

export type WriterOrder =
  | { readonly kind: 'append'; readonly cells: Cells }
  | { readonly kind: 'keepSnapshot'; readonly seq: number; readonly version: number; readonly state: string }
  /** Its connection is closed, and the thread ends after the answer. */
  | { readonly kind: 'close' };

export type WriterAnswer =
  /** Of the last event that was appended; empty for what appends none. */
  { readonly link: string } | { readonly error: CoordErrorJson };
