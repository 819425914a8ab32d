/** Who reads about gates at the terminal, and how they find the same company again. */
import type { CompanySession } from './company-session.ts';
import type { Names } from './documents/names.ts';
import type { GateReader } from './output/gate-text.ts';

export function gateReader({ hello, sameCompany }: CompanySession, names: Names): GateReader {
  return { id: hello.memberId, names, company: sameCompany };
}
