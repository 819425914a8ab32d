/** Prints gates as they are now: one after a command about it, or those that wait. */
import type { GateView } from '../contract/queries.ts';
import type { CompanySession } from './company-session.ts';
import { gateDocument } from './documents/gate-document.ts';
import { readNames } from './documents/names.ts';
import { gateReader } from './gate-reader.ts';
import { gateTextWithHint } from './output/gate-text.ts';
import type { Output } from './output/output.ts';

export async function showGate(session: CompanySession, output: Output, view: GateView): Promise<void> {
  const names = await readNames(session.coordination);
  output.answer({ gate: gateDocument(view, names) }, () =>
    gateTextWithHint(view, gateReader(session, names), output.style),
  );
}

/** @param list under which name they stand in the document, and what is said when there is none */
export async function showGates(
  session: CompanySession,
  output: Output,
  views: readonly GateView[],
  list: { readonly key: 'gates' | 'approvals'; readonly none: string },
): Promise<void> {
  const names = await readNames(session.coordination);
  output.answer({ [list.key]: views.map((view) => gateDocument(view, names)) }, () =>
    views.length === 0
      ? list.none
      : views.map((view) => gateTextWithHint(view, gateReader(session, names), output.style)).join('\n\n'),
  );
}
