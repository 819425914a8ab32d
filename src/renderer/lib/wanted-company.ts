/** The company that the address of the page names: it counts for the start alone, and does not stay there. */
import { companyParameter } from '../../contract/desktop-bridge.ts';
import { companyIdSchema } from '../../core/ids.ts';
import type { Face } from '../../rpc/client-company.ts';

/** Keeps it as if it had been chosen; what can't be the id of a company is passed over. */
export function takeWantedCompany({ write }: Face['kept']): void {
  const given = new URLSearchParams(location.search).get(companyParameter);
  if (given === null) return;
  const read = companyIdSchema.safeParse(given);
  if (read.success) write(read.data);
  history.replaceState(null, '', `${location.pathname}${location.hash}`);
}
