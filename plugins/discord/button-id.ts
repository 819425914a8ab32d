/** What a button of ours is called at Discord: its token, and whether it asks for a note first. */
import type { Action } from 'agentcoord/plugin';

const acts = 'act:';
const asks = 'ask:';
const said = 'say:';

/** At most 94 characters of the 100 that Discord has. */
export function customIdOf({ token, asksForNote }: Pick<Action, 'token' | 'asksForNote'>): string {
  return `${asksForNote ? asks : acts}${token}`;
}

/** Of the form in which the note is written. */
export const formIdOf = (token: string): string => `${said}${token}`;

export interface ButtonPress {
  /** What is none of ours is its own token: the host says so, and keeps a record of it. */
  readonly token: string;
  readonly asksForNote: boolean;
}

export function pressOf(customId: string): ButtonPress {
  const isOurs = [acts, asks, said].some((prefix) => customId.startsWith(prefix));
  return { token: isOurs ? customId.slice(acts.length) : customId, asksForNote: customId.startsWith(asks) };
}
