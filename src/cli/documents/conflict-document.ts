/** What `--json` says of a conflict. Times are ISO 8601 in UTC; what is not there is null. */
import type { Conflict, Resolution } from '../../core/conflict/conflict.ts';
import { isoTime } from '../output/time-text.ts';
import type { Names } from './names.ts';

export interface ConflictDocument {
  readonly id: string;
  /** The id of the host that did it by itself. */
  readonly host: string;
  /** Who gave the command; `id` is null for the host itself. */
  readonly by: { readonly id: string | null; readonly name: string };
  /** As it was given. */
  readonly command: Readonly<Record<string, unknown>>;
  /** What it had led to there. */
  readonly events: readonly { readonly seq: number; readonly at: string; readonly event: object }[];
  /** Why it did not fit any more. */
  readonly refusal: { readonly code: string; readonly message: string };
  readonly decidedAt: string;
  readonly recordedAt: string;
  /** Null: somebody has yet to say what becomes of it. */
  readonly resolution: {
    readonly how: Resolution['how'];
    /** Null: it lapsed. */
    readonly by: string | null;
    readonly reason: string | null;
    readonly at: string;
  } | null;
}

export function conflictDocument(conflict: Conflict, names: Pick<Names, 'member'>): ConflictDocument {
  const { id, hostId, actor, command, events, refusal, decidedAt, recordedAt, resolution } = conflict;
  return {
    id,
    host: hostId,
    by:
      actor.kind === 'host'
        ? { id: null, name: 'host' }
        : { id: actor.memberId, name: names.member(actor.memberId) },
    command,
    events: events.map(({ seq, at, event }) => ({ seq, at: isoTime(at), event })),
    refusal,
    decidedAt: isoTime(decidedAt),
    recordedAt: isoTime(recordedAt),
    resolution: resolution && {
      ...resolution,
      by: resolution.by === null ? null : names.member(resolution.by),
      at: isoTime(resolution.at),
    },
  };
}
