/** Adds, changes and removes members. */
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { MemberId, RoleId, TeamId } from '../../core/ids.ts';
import type { LauncherName } from '../../core/worker/launcher-names.ts';
import { withCompany } from '../company-session.ts';
import { memberDocument } from '../documents/member-document.ts';
import { findNamed } from '../find-named.ts';
import { findMember } from '../find-task.ts';
import type { GlobalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import { readState } from '../read-state.ts';

/** As the command line gives it. */
export interface MemberWish {
  readonly name?: string;
  readonly role?: string;
  readonly kind?: 'agent' | 'human';
  readonly team?: string;
  readonly also?: readonly string[];
  readonly tag?: readonly string[];
  readonly maxConcurrent?: number;
  readonly runner?: string;
  readonly launcher?: LauncherName | 'none';
}

/** @throws CoordError `NAME_TAKEN`, `NOT_FOUND` (team), `BAD_INPUT` (role) */
export async function addMember(
  name: string,
  wish: MemberWish & { readonly role: string },
  options: GlobalOptions,
): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { runner, launcher, ...rest } = fieldsOf({ ...wish, name });
    const receipt = await coordination.command({
      type: 'member.add',
      teamId: (await teamOf(coordination, wish.team)) ?? null,
      member: {
        ...rest,
        name,
        role: wish.role as RoleId,
        ...(runner && { runner }),
        ...(launcher && { launcher }),
      },
    });
    const added = receipt.events.flatMap(({ event }) =>
      event.type === 'member.added' ? event.member.id : [],
    );
    const [id] = added;
    if (id === undefined)
      throw new CoordError(
        'INTERNAL',
        'The host took the command but its receipt has no member.added event.',
      );
    await answerWith(coordination, id, output);
  });
}

/** @throws CoordError `NOT_FOUND`, `NAME_TAKEN`, `BAD_INPUT` */
export async function changeMember(key: string, wish: MemberWish, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { id } = await findMember(coordination, key);
    const teamId = await teamOf(coordination, wish.team);
    const member = fieldsOf(wish);
    await coordination.command({
      type: 'member.change',
      memberId: id,
      ...(Object.keys(member).length > 0 && { member }),
      ...(teamId !== undefined && { teamId }),
    });
    await answerWith(coordination, id, output);
  });
}

/** @throws CoordError `NOT_FOUND`; as `member.remove` */
export async function removeMember(key: string, options: GlobalOptions): Promise<void> {
  const output = openOutput(options.json);
  await withCompany(options, async ({ coordination }) => {
    const { id, name } = await findMember(coordination, key);
    await coordination.command({ type: 'member.remove', memberId: id });
    output.answer({ removed: id }, () => `${plainLine(name)} has left the company.`);
  });
}

/** Only what was said; null takes something away. */
function fieldsOf({ name, role, kind, also, tag, maxConcurrent, runner, launcher }: MemberWish) {
  return {
    ...(name !== undefined && { name }),
    ...(role !== undefined && { role: role as RoleId }),
    ...(kind !== undefined && { kind }),
    ...(also !== undefined && { also: also.map((each) => each as RoleId) }),
    ...(tag !== undefined && { tags: [...tag] }),
    ...(maxConcurrent !== undefined && { max_concurrent: maxConcurrent }),
    ...(runner !== undefined && { runner: runner === 'none' ? null : runner }),
    ...(launcher !== undefined && { launcher: launcher === 'none' ? null : launcher }),
  };
}

/** Undefined: none was named; null: it is to belong to no team. */
async function teamOf(
  coordination: Coordination,
  key: string | undefined,
): Promise<TeamId | null | undefined> {
  if (key === undefined || key === 'none') return key === undefined ? undefined : null;
  const { teams, departments } = await readState(coordination);
  const rows = [...teams.values()].map(({ id, name, departmentId }) => ({
    id,
    name,
    hint: departments.get(departmentId)?.name ?? '',
  }));
  return findNamed('team', key, rows).id;
}

async function answerWith(coordination: Coordination, id: MemberId, output: Output): Promise<void> {
  const views = await coordination.query('members', {});
  const [member] = views.filter((view) => view.member.id === id).map(memberDocument);
  output.answer({ member: member ?? null }, () =>
    member
      ? `${plainLine(member.name)} ${member.id}: ${member.kind}, ${member.roles.join(', ')}, ${member.team === null ? 'in no team' : `in ${plainLine(`${member.department}/${member.team}`)}`}`
      : `${id} has left the company.`,
  );
}
