/** What the doctor found about one thing. */

export interface Finding {
  readonly about: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: string;
  /** What to do; null when nothing is. */
  readonly todo: string | null;
}

export const ok = (about: string, found: string): Finding => ({ about, state: 'ok', found, todo: null });
export const warn = (about: string, found: string, todo: string): Finding => ({
  about,
  state: 'warn',
  found,
  todo,
});
export const fail = (about: string, found: string, todo: string): Finding => ({
  about,
  state: 'fail',
  found,
  todo,
});
