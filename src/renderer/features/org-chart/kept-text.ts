/** The text of a company as it was written last on this machine: its comments and its order are in no event. */
import { keepIn } from '../../lib/keep-in.ts';

const place = (companyId: string): string => `org-text:${companyId}`;

/** Null: nobody wrote one here. */
export function keptText(companyId: string): string | null {
  return localStorage.getItem(place(companyId));
}

export function keepText(companyId: string, text: string): void {
  keepIn(localStorage, place(companyId), text);
}
