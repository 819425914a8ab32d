/** The line to a company of the past: it is asked as of the moment, and told nothing. */
import type { LiveCompany } from '../../contract/live-company.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { CompanyLine } from './company-context.tsx';
import { strings } from './strings.ts';

/** Nothing there offers an act; should something try all the same, it is told. */
function refuse(): never {
  throw new CoordError('WRONG_STATE', strings.past);
}

/** Joined as the page is now, and shows the company as it was. */
export function pastLine(now: CompanyLine, past: LiveCompany): CompanyLine {
  return {
    live: past,
    subscribe: now.subscribe,
    status: now.status,
    memberId: now.memberId,
    hostId: now.hostId,
    get coordination() {
      return pastCoordination(now.coordination, () => past.state.seq);
    },
    connect: now.connect,
    choose: refuse,
    createCompany: refuse,
    close: refuse,
  };
}

/** These are about no moment: bytes never change, and the log holds all of it. */
const timeless: ReadonlySet<string> = new Set(['artifact', 'events', 'audit', 'diff']);

/** Asks every question as of the moment, and passes on nothing else. */
function pastCoordination(host: Coordination, seq: () => Seq): Coordination {
  const query = (name: string, input: object) =>
    host.query(name as 'status', timeless.has(name) ? input : { ...input, at: { seq: seq() } });
  return new Proxy(host, {
    get: (_host, call) => (call === 'query' ? query : async () => refuse()),
  });
}
