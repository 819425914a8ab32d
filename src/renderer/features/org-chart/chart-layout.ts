/** Where everything of a chart stands: departments side by side in rows, teams in them, members under their lead. Pure. */
import type { DepartmentId, MemberId, TeamId } from '../../../core/ids.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { Department, Member, Team } from '../../../core/org/org.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The group above the departments: the owner, and whoever belongs to no team. */
export const topId = 'top';

export type Placed = { readonly box: Box; readonly parentId: string | null } & (
  | { readonly kind: 'top'; readonly id: typeof topId; readonly members: readonly Member[] }
  | {
      readonly kind: 'department';
      readonly id: DepartmentId;
      readonly department: Department;
      readonly members: readonly Member[];
      readonly teams: number;
      readonly isCollapsed: boolean;
    }
  | {
      readonly kind: 'team';
      readonly id: TeamId;
      readonly team: Team;
      readonly members: readonly Member[];
      readonly isCollapsed: boolean;
    }
  | {
      readonly kind: 'member';
      readonly id: MemberId;
      readonly member: Member;
      readonly isLead: boolean;
      readonly isHead: boolean;
      /** Stands under a lead. */
      readonly reports: boolean;
    }
);

export interface ChartLayout {
  /** Parents before what is in them. Boxes are absolute. */
  readonly items: readonly Placed[];
  readonly byId: ReadonlyMap<string, Placed>;
  /** From the top to each department, as SVG paths. */
  readonly lines: readonly { readonly id: string; readonly path: string }[];
  readonly width: number;
  readonly height: number;
}

export const card = { width: 212, height: 52 } as const;
const gap = 6;
const indent = 18;
const teamPad = 10;
const teamHead = 36;
const teamWidth = card.width + indent + teamPad * 2;
const departmentPad = 12;
const departmentHead = 50;
const teamGap = 12;
const departmentGap = 36;
const rowGap = 72;
const topHead = 36;
const topGap = 64;
/** As wide as high, and a half. */
const wantedRatio = 1.7;

export function layoutChart(chart: OrgChart, collapsed: ReadonlySet<string>): ChartLayout {
  const inTeam = groupBy(chart.members, ({ teamId }) => teamId ?? '');
  const ofDepartment = groupBy(chart.teams, ({ departmentId }) => departmentId);
  const heads = new Set(chart.departments.map(({ headId }) => headId));
  const blocks = chart.departments.map((department) =>
    departmentBlock(department, ofDepartment.get(department.id) ?? [], inTeam, heads, collapsed),
  );
  const rows = intoRows(blocks);
  const width = Math.max(card.width + teamPad * 2, ...rows.map(rowWidth));
  const top = topBlock(inTeam.get('') ?? [], width);
  const items: Placed[] = [...top.items];
  const lines: { id: string; path: string }[] = [];
  let y = top.height + topGap;
  const trunk = rows.length > 1 ? -departmentGap / 2 : width / 2;
  for (const [place, row] of rows.entries()) {
    let x = (width - rowWidth(row)) / 2;
    const bus = y - topGap / 2;
    for (const block of row) {
      items.push(...block.items.map((item) => moved(item, x, y)));
      const from = place === 0 ? width / 2 : trunk;
      const start = place === 0 ? top.height : top.height + topGap / 2;
      lines.push({
        id: block.id,
        path: elbow(from, start, x + block.width / 2, y, bus, place === 0 ? null : width / 2),
      });
      x += block.width + departmentGap;
    }
    y += Math.max(0, ...row.map(({ height }) => height)) + rowGap;
  }
  return {
    items,
    byId: new Map(items.map((item) => [item.id, item])),
    lines,
    width,
    height: Math.max(top.height, y - rowGap),
  };
}

interface Block {
  readonly id: string;
  readonly items: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

function departmentBlock(
  department: Department,
  teams: readonly Team[],
  inTeam: ReadonlyMap<string, readonly Member[]>,
  heads: ReadonlySet<MemberId | null>,
  collapsed: ReadonlySet<string>,
): Block {
  const isCollapsed = collapsed.has(department.id);
  const members = teams.flatMap(({ id }) => inTeam.get(id) ?? []);
  const shown = isCollapsed
    ? []
    : teams.map((team) => teamBlock(team, inTeam.get(team.id) ?? [], heads, collapsed));
  const columns = inColumns(shown);
  const width = Math.max(1, columns.length) * (teamWidth + teamGap) - teamGap + departmentPad * 2;
  const tallest = Math.max(0, ...columns.map(columnHeight));
  const body = isCollapsed ? 0 : Math.max(56, tallest) + departmentPad;
  const height = departmentHead + body;
  const own: Placed = {
    kind: 'department',
    id: department.id,
    parentId: null,
    box: { x: 0, y: 0, width, height },
    department,
    members,
    teams: teams.length,
    isCollapsed,
  };
  const inside = columns.flatMap((column, place) => {
    let y = departmentHead;
    return column.flatMap((block) => {
      const at = y;
      y += block.height + teamGap;
      const x = departmentPad + place * (teamWidth + teamGap);
      return block.items.map((item) => moved(item, x, at));
    });
  });
  return { id: department.id, items: [own, ...inside], width, height };
}

function teamBlock(
  team: Team,
  members: readonly Member[],
  heads: ReadonlySet<MemberId | null>,
  collapsed: ReadonlySet<string>,
): Block {
  const isCollapsed = collapsed.has(team.id);
  const lead = members.find(({ id }) => id === team.leadId);
  const ordered = isCollapsed
    ? []
    : [...(lead ? [lead] : []), ...members.filter((member) => member !== lead)];
  const body = isCollapsed ? 0 : Math.max(1, ordered.length) * (card.height + gap) - gap + teamPad;
  const height = teamHead + body;
  const own: Placed = {
    kind: 'team',
    id: team.id,
    parentId: team.departmentId,
    box: { x: 0, y: 0, width: teamWidth, height },
    team,
    members,
    isCollapsed,
  };
  const cards = ordered.map((member, place): Placed => {
    const reports = lead !== undefined && member !== lead;
    return {
      kind: 'member',
      id: member.id,
      parentId: team.id,
      box: {
        x: teamPad + (reports ? indent : 0),
        y: teamHead + place * (card.height + gap),
        width: card.width + (reports ? 0 : indent),
        height: card.height,
      },
      member,
      isLead: member === lead,
      isHead: heads.has(member.id),
      reports,
    };
  });
  return { id: team.id, items: [own, ...cards], width: teamWidth, height };
}

/** The owner first, side by side, in rows of five. */
function topBlock(members: readonly Member[], width: number): Block {
  const columns = Math.min(5, Math.max(1, members.length));
  const rows = Math.max(1, Math.ceil(members.length / columns));
  const own = columns * (card.width + gap) - gap + teamPad * 2;
  const height = topHead + rows * (card.height + gap) - gap + teamPad;
  const left = (width - own) / 2;
  const group: Placed = {
    kind: 'top',
    id: topId,
    parentId: null,
    box: { x: left, y: 0, width: own, height },
    members,
  };
  const cards = members.map(
    (member, place): Placed => ({
      kind: 'member',
      id: member.id,
      parentId: topId,
      box: {
        x: left + teamPad + (place % columns) * (card.width + gap),
        y: topHead + Math.floor(place / columns) * (card.height + gap),
        width: card.width,
        height: card.height,
      },
      member,
      isLead: false,
      isHead: false,
      reports: false,
    }),
  );
  return { id: topId, items: [group, ...cards], width: own, height };
}

/** The next team goes where most room is left, so that a department is about as high as wide. */
function inColumns(blocks: readonly Block[]): Block[][] {
  const total = blocks.reduce((sum, { height }) => sum + height + teamGap, 0);
  const count = Math.min(blocks.length, Math.max(1, Math.round(Math.sqrt((total * 1.1) / teamWidth))));
  const columns: Block[][] = Array.from({ length: count }, () => []);
  for (const block of blocks) {
    const lowest = columns.reduce(
      (best, column) => (columnHeight(column) < columnHeight(best) ? column : best),
      columns[0] ?? [],
    );
    lowest.push(block);
  }
  return columns;
}

const columnHeight = (column: readonly Block[]): number =>
  column.reduce((sum, { height }) => sum + height + teamGap, -teamGap);

function intoRows(blocks: readonly Block[]): Block[][] {
  const area = blocks.reduce(
    (sum, { width, height }) => sum + (width + departmentGap) * (height + rowGap),
    0,
  );
  const wanted = Math.max(Math.sqrt(area * wantedRatio), ...blocks.map(({ width }) => width));
  const rows: Block[][] = [];
  for (const block of blocks) {
    const row = rows.at(-1);
    if (row && rowWidth(row) + departmentGap + block.width / 2 <= wanted) row.push(block);
    else rows.push([block]);
  }
  return rows;
}

const rowWidth = (row: readonly Block[]): number =>
  row.reduce((sum, { width }) => sum + width + departmentGap, -departmentGap);

function moved(item: Placed, x: number, y: number): Placed {
  return { ...item, box: { ...item.box, x: item.box.x + x, y: item.box.y + y } };
}

const bend = 10;

/** Down from the top, along the bus, down to the department, round at the corners. */
function elbow(
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  bus: number,
  via: number | null,
): string {
  const start =
    via === null
      ? `M${fromX} ${fromY}V`
      : `M${via} ${fromY}H${fromX + bend}Q${fromX} ${fromY} ${fromX} ${fromY + bend}V`;
  const side = Math.sign(toX - fromX);
  if (Math.abs(toX - fromX) < bend * 2) return `${start}${bus}L${toX} ${bus}V${toY}`;
  return `${start}${bus - bend}Q${fromX} ${bus} ${fromX + side * bend} ${bus}H${toX - side * bend}Q${toX} ${bus} ${toX} ${bus + bend}V${toY}`;
}

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
