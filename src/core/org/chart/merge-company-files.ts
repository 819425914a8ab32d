/** Merges a template's new version into a company that was changed since: three ways, piece by piece, conflicts named. */
import type { CompanyFile } from '../company-file.ts';

/** Which side a piece is taken from when both changed it. */
export type MergeSide = 'ours' | 'theirs';

export interface MergeConflict {
  /** What both changed, such as `member ada: role`. */
  readonly about: string;
  /** Each as the file has it; null: it is not there. */
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
}

export interface MergedCompany {
  /** With the company's own side wherever nothing was chosen. */
  readonly file: CompanyFile;
  readonly conflicts: readonly MergeConflict[];
}

/** A department, team, member or role with what can change of it. */
type Piece = Readonly<Record<string, unknown>>;
type Pieces = ReadonlyMap<string, Piece>;

/**
 * @param base the template as the company took it last
 * @param theirs its new version
 * @param choices by `about` of a conflict; left out: ours
 */
export function mergeCompanyFiles(
  base: CompanyFile,
  ours: CompanyFile,
  theirs: CompanyFile,
  choices: ReadonlyMap<string, MergeSide> = new Map(),
): MergedCompany {
  const conflicts: MergeConflict[] = [];
  const [old, own, other] = [piecesOf(base), piecesOf(ours), piecesOf(theirs)];
  const merged = new Map<string, Piece>();
  for (const key of new Set([...own.keys(), ...other.keys(), ...old.keys()])) {
    const piece = mergePiece(key, old.get(key), own.get(key), other.get(key), choices, conflicts);
    if (piece) merged.set(key, piece);
  }
  return { file: fileOf(merged, ours, theirs), conflicts };
}

function mergePiece(
  key: string,
  base: Piece | undefined,
  ours: Piece | undefined,
  theirs: Piece | undefined,
  choices: ReadonlyMap<string, MergeSide>,
  conflicts: MergeConflict[],
): Piece | undefined {
  if (same(ours, theirs) || same(theirs, base)) return ours;
  if (same(ours, base)) return theirs;
  if (!ours || !theirs) {
    conflicts.push({ about: key, base: base ?? null, ours: ours ?? null, theirs: theirs ?? null });
    return choices.get(key) === 'theirs' ? theirs : ours;
  }
  const fields = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return Object.fromEntries(
    [...fields].map((field) => {
      const [was, own, other] = [base?.[field], ours[field], theirs[field]];
      if (same(own, other) || (base && same(other, was))) return [field, own];
      if (base && same(own, was)) return [field, other];
      const about = `${key}: ${field}`;
      conflicts.push({ about, base: was ?? null, ours: own ?? null, theirs: other ?? null });
      return [field, choices.get(about) === 'theirs' ? other : own];
    }),
  );
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function piecesOf(file: CompanyFile): Pieces {
  const pieces = new Map<string, Piece>();
  pieces.set('policy', file.policy);
  for (const role of file.roles) pieces.set(`role ${role.id}`, role);
  for (const department of file.departments) {
    pieces.set(`department ${department.name}`, { name: department.name, head: department.head });
    for (const team of department.teams) {
      const place = `${department.name}/${team.name}`;
      pieces.set(`team ${place}`, { department: department.name, name: team.name, lead: team.lead });
      for (const member of team.members) pieces.set(`member ${member.name}`, { ...member, team: place });
    }
  }
  for (const entry of file.workflows) {
    const name = typeof entry === 'string' ? entry : entry.name;
    pieces.set(`workflow ${name}`, { entry });
  }
  return pieces;
}

type DepartmentFile = CompanyFile['departments'][number];
type TeamFile = DepartmentFile['teams'][number];
type MemberFile = TeamFile['members'][number];

/** A place is there when it is a piece, or when somebody is in it who was kept. */
function fileOf(pieces: Pieces, ours: CompanyFile, theirs: CompanyFile): CompanyFile {
  const listed = (kind: string) =>
    [...pieces].filter(([key]) => key.startsWith(`${kind} `)).map(([, piece]) => piece);
  const members = listed('member') as unknown as (MemberFile & { readonly team: string })[];
  const teams = listed('team') as unknown as (TeamFile & { readonly department: string })[];
  const places = new Map(teams.map((team) => [`${team.department}/${team.name}`, team]));
  for (const { team: place } of members) {
    const [department = '', ...name] = place.split('/');
    if (!places.has(place)) places.set(place, { department, name: name.join('/'), members: [] });
  }
  const departments = new Map(
    (listed('department') as unknown as DepartmentFile[]).map((department) => [department.name, department]),
  );
  for (const { department: name } of places.values()) {
    if (!departments.has(name)) departments.set(name, { name, teams: [] });
  }
  const teamOf = (place: string, { name, lead }: TeamFile): TeamFile => {
    const inTeam = members.filter(({ team }) => team === place).map(({ team: _, ...member }) => member);
    return { name, members: inTeam, ...(inTeam.some((one) => one.name === lead) && { lead }) };
  };
  const policy = pieces.get('policy') ?? {};
  return {
    name: ours.name,
    template: ours.template,
    version: theirs.version,
    policy: withoutGaps(policy) as CompanyFile['policy'],
    departments: [...departments.values()].map(({ name, head }) => {
      const own = [...places]
        .filter(([, team]) => team.department === name)
        .map(([place, team]) => teamOf(place, team));
      const isThere = own.some((team) => team.members.some((one) => one.name === head));
      return { name, teams: own, ...(isThere && { head }) };
    }),
    roles: listed('role') as unknown as CompanyFile['roles'],
    workflows: listed('workflow').map(({ entry }) => entry) as CompanyFile['workflows'],
    channels: ours.channels,
    scaling: ours.scaling,
  };
}

function withoutGaps(fields: Piece): Piece {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
