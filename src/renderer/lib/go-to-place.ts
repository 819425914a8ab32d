/** Leads the page to a place, in whichever company that is. */
import { navigate } from 'wouter/use-hash-location';
import type { Place } from '../../contract/desktop-bridge.ts';
import { companyIdSchema } from '../../core/ids.ts';
import type { Connection } from '../../rpc/client-company.ts';

/** Goes over to the company first: in another one there is no such place. */
export async function goToPlace(
  connection: Pick<Connection, 'choose' | 'live'>,
  { path, companyId }: Place,
): Promise<void> {
  const wanted = companyIdSchema.nullable().parse(companyId);
  if (wanted !== null && wanted !== connection.live.state.company?.id) await connection.choose(wanted);
  navigate(path);
}
