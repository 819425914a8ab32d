/** What a screen is: rows to go through, what is told of the one under the cursor, and what its keys do. */
import type { ThreadPage } from '../../contract/queries.ts';
import type { UsageGroup, UsageView } from '../../contract/usage.ts';
import type { CommandInput } from '../../core/command.ts';
import type { ArtifactHash, HostId, MemberId, ThreadId, WorkerId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Line } from '../text/line.ts';
import type { Form, Values } from './form.ts';
import type { Key } from './key.ts';

export type ScreenId = 'home' | 'tasks' | 'gates' | 'workers' | 'locks' | 'board' | 'costs';

/** What the state does not hold, and has to be asked for. */
export type Want =
  | { readonly kind: 'log'; readonly workerId: WorkerId }
  | { readonly kind: 'artifact'; readonly hash: ArtifactHash }
  /** `last` is its newest message: a newer one is asked for anew. */
  | { readonly kind: 'thread'; readonly threadId: ThreadId; readonly last: number }
  | { readonly kind: 'usage'; readonly by: UsageGroup }
  | { readonly kind: 'activity' };

export interface Activity {
  readonly at: EpochMs;
  readonly who: string;
  readonly what: string;
}

/** The answers, so far as they are there. */
export interface Fetched {
  readonly log: readonly string[] | null;
  readonly artifact: readonly string[] | null;
  readonly thread: ThreadPage | null;
  readonly usage: UsageView | null;
  readonly activity: readonly Activity[] | null;
}

export const nothingFetched: Fetched = {
  log: null,
  artifact: null,
  thread: null,
  usage: null,
  activity: null,
};

export interface View {
  readonly state: CompanyState;
  readonly self: MemberId | null;
  readonly hostId: HostId | null;
  readonly now: EpochMs;
  readonly fetched: Fetched;
  /** Also what is over. */
  readonly showsAll: boolean;
  /** How costs are grouped. */
  readonly by: UsageGroup;
  /** Which of several artifacts is shown, counted over and over. */
  readonly nth: number;
}

export interface Row {
  readonly id: string;
  /** What a filter looks in. */
  readonly text: string;
  /** Only those that are seen are drawn. */
  readonly line: (width: number) => Line;
}

export interface Hint {
  readonly key: string;
  readonly does: string;
}

/** What a key asks for. */
export type Act =
  | { readonly kind: 'command'; readonly command: CommandInput; readonly done: string }
  | { readonly kind: 'form'; readonly form: Form; readonly submit: (values: Values) => Act }
  | { readonly kind: 'go'; readonly screen: ScreenId; readonly id: string }
  | { readonly kind: 'show-all' | 'next-group' | 'next-artifact' }
  | { readonly kind: 'notice'; readonly text: string };

export interface Screen {
  readonly id: ScreenId;
  readonly title: string;
  /** Beside its title; null: nothing worth a number. */
  readonly count: (view: View) => number | null;
  readonly rows: (view: View) => readonly Row[];
  /** Teaches, while there are no rows. */
  readonly empty: readonly string[];
  /** Of the row under the cursor. */
  readonly detail: (view: View, id: string | null, width: number) => readonly Line[];
  /** The end of the detail is what matters: it follows what is added. */
  readonly followsEnd?: boolean;
  readonly want: (view: View, id: string | null) => readonly Want[];
  readonly hints: (view: View, id: string | null) => readonly Hint[];
  /** Null: the key means nothing here. */
  readonly press: (view: View, id: string | null, key: Key) => Act | null;
}
