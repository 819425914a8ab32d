/** How a person looks at the board: by what it is divided, what is left out, how many cards a column may have. */
import { z } from 'zod';
import { epicIdSchema, memberIdSchema, roleIdSchema } from '../../../core/ids.ts';
import { priorities } from '../../../core/workflow/workflow.ts';

export const groupings = ['state', 'priority', 'department', 'role', 'member', 'epic'] as const;
export type Grouping = (typeof groupings)[number];

const boardViewSchema = z.strictObject({
  name: z.string().trim().min(1).max(40),
  columns: z.enum(groupings),
  /** Null: one lane of everything. */
  lanes: z.enum(groupings).nullable(),
  reviews: z.boolean(),
  /** Words that a task must have. */
  text: z.string().max(200),
  priority: z.enum(priorities).nullable(),
  roleId: roleIdSchema.nullable(),
  memberId: memberIdSchema.nullable(),
  /** Views that were kept before there was one show all epics. */
  epicId: epicIdSchema.nullable().default(null),
  /** The most cards of a column, by what divides the board and the key of the column: `state:leased`. */
  limits: z.record(z.string(), z.number().int().positive()),
});

export type BoardView = Readonly<z.infer<typeof boardViewSchema>>;

const boardViewsSchema = z.strictObject({
  views: z.array(boardViewSchema).min(1).max(30),
  /** Which of them is shown, by its place. */
  shown: z.number().int().nonnegative(),
});

/** All views of one person, of which one is shown. Never empty. */
export type BoardViews = Readonly<z.infer<typeof boardViewsSchema>>;

export function plainView(name: string): BoardView {
  return {
    name,
    columns: 'state',
    lanes: null,
    reviews: false,
    text: '',
    priority: null,
    roleId: null,
    memberId: null,
    epicId: null,
    limits: {},
  };
}

export function shownView({ views, shown }: BoardViews): BoardView {
  const view = views[shown] ?? views[0];
  if (!view) throw new RangeError('a person has at least one view of the board');
  return view;
}

export function withShown(views: BoardViews, change: Partial<BoardView>): BoardViews {
  const shown = shownView(views);
  return { ...views, views: views.views.map((view) => (view === shown ? { ...view, ...change } : view)) };
}

/** A view like the one that is shown, under a name of its own; it is shown from now on. */
export function withCopy(views: BoardViews, name: string): BoardViews {
  return { views: [...views.views, { ...shownView(views), name }], shown: views.views.length };
}

/** Without the view that is shown; the last one stays. */
export function withoutShown(views: BoardViews): BoardViews {
  if (views.views.length === 1) return views;
  const shown = shownView(views);
  return { views: views.views.filter((view) => view !== shown), shown: 0 };
}

export const limitKey = (columns: Grouping, key: string): string => `${columns}:${key}`;

/** @returns what was kept; null when nothing was, or when it is of another version of the app */
export function readViews(text: string | null): BoardViews | null {
  if (text === null) return null;
  try {
    return boardViewsSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
