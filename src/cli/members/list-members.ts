/** Lists the members, and says why one of them may do something. */

import { CoordError } from '../../core/error.ts';
import { capabilitySchema } from '../../core/ids.ts';
import { suggestion } from '../../core/nearest-name.ts';
import { namesOfCompany } from '../../core/org/known-names.ts';
import { withCompany } from '../company-session.ts';
import { memberDocument } from '../documents/member-document.ts';
import { findMember } from '../find-task.ts';
import type { GlobalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import { memberTable } from '../output/status-text.ts';
import { readState } from '../read-state.ts';

export async function listMembers(options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const members = (await coordination.query('members', {})).map(memberDocument);
    output.answer({ members }, () => memberTable({ members }, output));
  });
}

/** @throws CoordError `NOT_FOUND` - no such member, or no role has such a capability */
export async function whyMay(key: string, wanted: string, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { id, name } = await findMember(coordination, key);
    const { data: capability } = capabilitySchema.safeParse(wanted);
    const known = namesOfCompany(await readState(coordination)).capabilities;
    if (capability === undefined || !known.has(capability)) {
      const near = suggestion(wanted, known);
      throw new CoordError('NOT_FOUND', `No role has a capability ${plainLine(wanted)}: ${near}`, {
        capability: wanted,
      });
    }
    const path = await coordination.query('why', { memberId: id, capability });
    output.answer({ member: { id, name }, capability, roles: path }, () =>
      path === null
        ? `${plainLine(name)} may not: none of its roles has ${capability}.`
        : `${plainLine(name)} has ${capability} as ${path.join(', which inherits ')}.`,
    );
  });
}
