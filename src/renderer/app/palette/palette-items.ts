/** What the command palette offers for the words that were typed: screens and acts first, then what has such a name. Pure. */
import type { CompanySummary } from '../../../contract/rpc.ts';
import type { CompanyId, MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { IconName } from '../../design/icon.tsx';
import type { ActId, ScreenAct, ThingAct } from '../../lib/acts.ts';
import { screenActNames, thingActNames } from './act-strings.ts';
import type { Given } from './screen-acts.ts';
import { screenActs } from './screen-acts.ts';
import { strings } from './strings.ts';
import { actableThings, thingActs } from './thing-acts.ts';

export type PaletteAct =
  | 'start-epic'
  | 'pause-company'
  | 'stop-company'
  | 'resume-company'
  | 'switch-theme'
  | 'switch-density'
  | 'switch-motion'
  | 'show-keys';

export interface PaletteItem {
  readonly id: string;
  readonly icon: IconName;
  readonly name: string;
  /** What it is, in a word. */
  readonly kind: string;
  readonly keys: string | null;
  readonly does:
    | { readonly kind: 'go'; readonly path: string }
    | { readonly kind: 'act'; readonly act: PaletteAct }
    /** The screen does it, which is gone to first unless it is there; null: it is. */
    | {
        readonly kind: 'ask';
        readonly id: ActId;
        readonly about: string | null;
        readonly path: string | null;
      }
    | { readonly kind: 'switch'; readonly companyId: CompanyId };
}

/** What the host hears of those that belong to no screen. */
export const givenByActs: Readonly<Record<PaletteAct, readonly Given[]>> = {
  'start-epic': ['epic.create'],
  'pause-company': ['company.pause'],
  'stop-company': ['company.stop'],
  'resume-company': ['company.resume'],
  'switch-theme': [],
  'switch-density': [],
  'switch-motion': [],
  'show-keys': [],
};

export interface PaletteAsked {
  readonly state: CompanyState;
  readonly self: MemberId | null;
  /** All that this person may look at; left out: there is but this one. */
  readonly companies?: readonly CompanySummary[];
  /** As it was typed. */
  readonly text: string;
  /** Some screen that is shown can do it now. */
  readonly isOffered: (id: ActId) => boolean;
}

const shownItems = 40;

export function paletteItems({ state, self, companies = [], text, isOffered }: PaletteAsked): PaletteItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const { here, elsewhere } = screenItems(isOffered);
  const fixed = [...fixedItems(state), ...switchItems(state, companies)];
  if (words.length === 0) return [...here, ...fixed, ...elsewhere];
  const found: { readonly item: PaletteItem; readonly rank: number }[] = [];
  for (const item of [...fixed, ...here, ...elsewhere]) offer(found, words, item, 0);
  for (const item of settingItems()) offer(found, words, item, 1);
  for (const item of thingItems(state, self, words)) offer(found, words, item, 1);
  for (const item of namedItems(state)) offer(found, words, item, 1);
  found.sort((a, b) => a.rank - b.rank);
  return found.slice(0, shownItems).map(({ item }) => item);
}

/** A name that begins with the first word goes before one that only has it. */
function offer(
  found: { item: PaletteItem; rank: number }[],
  words: readonly string[],
  item: PaletteItem,
  rank: number,
): void {
  const name = item.name.toLowerCase();
  if (!words.every((word) => name.includes(word) || item.id.includes(word))) return;
  found.push({ item, rank: rank * 2 + (name.startsWith(words[0] ?? '') ? 0 : 1) });
}

function fixedItems({ company }: CompanyState): PaletteItem[] {
  return [
    ...strings.screens.map(({ path, icon, name, keys }) => ({
      id: `screen:${path}`,
      icon,
      name: strings.goTo(name),
      kind: strings.kinds.screen,
      keys,
      does: { kind: 'go', path } as const,
    })),
    actItem('start-epic', 'plus', strings.acts.startEpic, 'n'),
    ...(company?.pause ? [actItem('resume-company', 'retry', strings.acts.resume, null)] : []),
    ...(company?.pause ? [] : [actItem('pause-company', 'clock', strings.acts.pause, null)]),
    ...(company?.pause?.kind === 'stopped' ? [] : [actItem('stop-company', 'stop', strings.acts.stop, null)]),
    actItem('switch-theme', 'moon', strings.acts.theme, 't'),
    actItem('switch-density', 'list', strings.acts.density, null),
    actItem('switch-motion', 'contrast', strings.acts.motion, null),
    actItem('show-keys', 'keyboard', strings.acts.keys, '?'),
  ];
}

/** To every company but the one that is shown. */
function switchItems({ company }: CompanyState, companies: readonly CompanySummary[]): PaletteItem[] {
  return companies
    .filter(({ id }) => id !== company?.id)
    .map(({ id, name }) => ({
      ...{ id: `company:${id}`, icon: 'org', name: strings.switchTo(name), kind: strings.kinds.company },
      keys: null,
      does: { kind: 'switch', companyId: id },
    }));
}

/** Found by their words; without any, the screen of the settings leads to them. */
function settingItems(): PaletteItem[] {
  return strings.settings.map(({ path, icon, name }) => ({
    ...{ id: `screen:${path}`, icon, name: strings.setting(name), kind: strings.kinds.setting, keys: null },
    does: { kind: 'go', path },
  }));
}

function actItem(act: PaletteAct, icon: IconName, name: string, keys: string | null): PaletteItem {
  return { id: `act:${act}`, icon, name, kind: strings.kinds.act, keys, does: { kind: 'act', act } };
}

function screenItems(isOffered: PaletteAsked['isOffered']): Record<'here' | 'elsewhere', PaletteItem[]> {
  const here: PaletteItem[] = [];
  const elsewhere: PaletteItem[] = [];
  for (const id of Object.keys(screenActs) as ScreenAct[]) {
    const { icon, at, keys = null } = screenActs[id];
    const item = { id: `act:${id}`, icon, name: screenActNames[id], kind: strings.kinds.act, keys };
    if (isOffered(id)) here.push({ ...item, does: { kind: 'ask', id, about: null, path: null } });
    else if (at !== null) elsewhere.push({ ...item, does: { kind: 'ask', id, about: null, path: at } });
  }
  return { here, elsewhere };
}

/** Those of which some word says what to do: for thousands of things, nobody wants all that can be done to each. */
function* thingItems(
  state: CompanyState,
  self: MemberId | null,
  words: readonly string[],
): Generator<PaletteItem> {
  const wanted = new Map<ThingAct, readonly string[]>();
  for (const id of Object.keys(thingActs) as ThingAct[]) {
    const verb = thingActNames[id]('').toLowerCase().split(' ');
    const others = words.filter((word) => word.length < 3 || !verb.some((part) => part.startsWith(word)));
    if (others.length < words.length) wanted.set(id, others);
  }
  if (wanted.size === 0) return;
  for (const { id, title, path, acts } of actableThings(state, self)) {
    const lower = title.toLowerCase();
    for (const act of acts) {
      if (!wanted.get(act)?.every((word) => lower.includes(word))) continue;
      const { icon, keys = null } = thingActs[act];
      const name = thingActNames[act](title);
      yield {
        ...{ id: `act:${act}:${id}`, icon, name, kind: strings.kinds.act, keys },
        does: { kind: 'ask', id: act, about: id, path },
      };
    }
  }
}

function* namedItems(state: CompanyState): Generator<PaletteItem> {
  const named = (id: string, icon: IconName, name: string, kind: string, path: string): PaletteItem => ({
    id,
    icon,
    name,
    kind,
    keys: null,
    does: { kind: 'go', path },
  });
  for (const { id, title } of state.epics.values()) {
    yield named(id, 'board', title, strings.kinds.epic, `/board/${id}`);
    yield named(`${id}:time`, 'time', title, strings.kinds.timeline, `/timeline/${id}`);
    yield named(`${id}:graph`, 'workflow', title, strings.kinds.graph, `/timeline/${id}/graph`);
  }
  for (const { id } of state.workflows.values())
    yield named(`workflow:${id}`, 'workflow', id, strings.kinds.workflow, `/workflows/${id}`);
  for (const { id, name, state: at } of state.gates.values()) {
    if (at === 'waiting' || at === 'vetoed')
      yield named(id, 'gate', name, strings.kinds.gate, `/gates/${id}`);
  }
  for (const { id, title, epicId, kind } of state.tasks.values()) {
    if (kind === 'review') continue;
    yield named(id, 'check', title, strings.kinds.task, `/board/${epicId ? `${epicId}/` : ''}${id}`);
  }
  for (const { id, title, between } of state.threads.values()) {
    if (between === null) yield named(id, 'thread', title, strings.kinds.thread, `/threads/${id}`);
  }
  for (const worker of state.workers.values()) {
    if (worker.state !== 'ready' && worker.state !== 'starting') continue;
    const name = state.members.get(worker.memberId)?.name ?? worker.id;
    yield named(worker.id, 'worker', name, strings.kinds.worker, `/workers/${worker.id}`);
  }
}
