/** Writes a company into the text of its file as people keep it: their comments, order and style stay. */
import type { Document, ParsedNode } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';
import { policyFileOf } from '../core/org/chart/row-files.ts';
import type { CompanyFileInput } from '../core/org/company-file.ts';
import { durationTextSchema } from '../core/org/duration-text.ts';
import { defaultPolicy } from '../core/org/policy.ts';
import { yamlText } from './yaml-text.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The whole company as a new text. */
export function newCompanyText(file: CompanyFileInput): string {
  return writeCompanyText('', file);
}

/**
 * The text with what the company has become; what is the same stays as it is written. A text that is no YAML is replaced.
 * @param text of a company file
 */
export function writeCompanyText(text: string, file: CompanyFileInput): string {
  const parsed = parseDocument(text, { stringKeys: true });
  const isUsable = parsed.errors.length === 0 && isMap(parsed.contents);
  const document = isUsable ? parsed : parseDocument('{}');
  if (isMap(document.contents)) document.contents.flow = false;
  const before = JSON.stringify(document.toJS());
  new Writer(document).write(file as Fields);
  if (isUsable && JSON.stringify(document.toJS()) === before) return text;
  return yamlText(document, text);
}

/** What stands above the first entry of a list is about that entry, and goes where it goes. */
function giveToFirst(list: YAMLSeq): void {
  const [first] = list.items;
  if (list.flow || !list.commentBefore || !isMap(first) || first.commentBefore) return;
  first.commentBefore = list.commentBefore;
  list.commentBefore = null;
}

/** What a file may say although it is so anyway. */
const defaults: Fields = {
  kind: 'agent',
  also: [],
  tags: [],
  max_concurrent: 1,
  inherits: [],
  capabilities: [],
  teams: [],
  members: [],
  roles: [],
  workflows: [],
  departments: [],
  policy: {},
  ...policyFileOf(defaultPolicy, {}),
};

/** The lists whose entries go by a name, and which of them bear comments from place to place. */
const keyOf: Readonly<Record<string, string>> = {
  departments: 'name',
  teams: 'name',
  members: 'name',
  roles: 'id',
};

class Writer {
  readonly #document: Document.Parsed<ParsedNode>;
  /** Every member in the text, wherever they stand. */
  readonly #members = new Map<string, YAMLMap>();
  #kept: ReadonlySet<string> = new Set();

  constructor(document: Document.Parsed<ParsedNode>) {
    this.#document = document;
  }

  write(file: Fields): void {
    const { contents } = this.#document;
    if (!isMap(contents)) return;
    visit(this.#document, { Seq: (_key, list) => giveToFirst(list) });
    for (const member of membersIn(contents)) this.#members.set(nameOf(member, 'name'), member);
    this.#kept = new Set(memberNames(file));
    this.#map(contents as YAMLMap, file, ['channels', 'scaling']);
  }

  /** @param alien keys of the text that the company does not know: they stay */
  #map(map: YAMLMap, fields: Fields, alien: readonly string[] = []): void {
    for (const [key, value] of Object.entries(fields)) {
      if (value === undefined) continue;
      const node = map.get(key, true) as unknown;
      if (node !== undefined && this.#same(node, value)) continue;
      if (key === 'workflows' && isSeq(node)) this.#names(node, value as readonly string[]);
      else if (Array.isArray(value) && keyOf[key]) this.#list(map, key, node, value as readonly Fields[]);
      else if (isMap(node) && isFields(value) && key !== 'runner') this.#map(node, value);
      else if (isScalar(node) && isPlain(value)) node.value = value;
      else map.set(key, this.#create(value, true));
    }
    for (const key of map.items.map((pair) => String((pair.key as Scalar).value ?? pair.key))) {
      if (key in fields || alien.includes(key)) continue;
      if (!this.#same(map.get(key, true), defaults[key])) map.delete(key);
    }
  }

  #list(map: YAMLMap, key: string, node: unknown, values: readonly Fields[]): void {
    const list = isSeq(node) ? node : new YAMLSeq(this.#document.schema);
    const old = list.items.filter((item): item is YAMLMap => isMap(item));
    const isFlow = old.length > 0 ? old.every((item) => item.flow === true) : key === 'members';
    const known = this.#pair(key, old, values);
    const items = values.map((value) => {
      const item = known.get(value) ?? new YAMLMap(this.#document.schema);
      if (!known.has(value)) item.flow = isFlow;
      this.#map(item, value);
      return item;
    });
    // Those that were here keep their order; who comes, comes last.
    const place = new Map(old.map((item, at) => [item, at]));
    const placeOf = (item: YAMLMap) => place.get(item) ?? old.length;
    list.items = items.sort((one, other) => placeOf(one) - placeOf(other));
    if (list.items.length > 0) list.flow = false;
    if (list !== node) map.set(key, list);
  }

  /** By name, wherever a member stands in the text; of those left over on both sides, one by one: they were renamed. */
  #pair(key: string, old: readonly YAMLMap[], values: readonly Fields[]): Map<Fields, YAMLMap> {
    const name = keyOf[key] ?? 'name';
    const here = new Map(old.map((item) => [nameOf(item, name), item]));
    const known = new Map<Fields, YAMLMap>();
    for (const value of values) {
      const called = String(value[name]);
      const item = here.get(called) ?? (key === 'members' ? this.#members.get(called) : undefined);
      if (item) known.set(value, item);
    }
    const taken = new Set(known.values());
    const gone = old.filter((item) => !taken.has(item) && !this.#kept.has(nameOf(item, name)));
    const fresh = values.filter((value) => !known.has(value));
    if (gone.length !== fresh.length) return known;
    for (const [at, value] of fresh.entries()) {
      const item = gone[at];
      if (item && (key !== 'members' || item.get('role') === value['role'])) known.set(value, item);
    }
    return known;
  }

  /** Workflows that are written out stay so. */
  #names(list: YAMLSeq, names: readonly string[]): void {
    const called = (item: unknown) =>
      isMap(item) ? nameOf(item, 'name') : String(toPlain(item, this.#document));
    const known = new Map(list.items.map((item) => [called(item), item]));
    list.items = names.map((name) => known.get(name) ?? new Scalar(name));
  }

  #create(value: unknown, flow: boolean): unknown {
    return isPlain(value) ? new Scalar(value) : this.#document.createNode(value, { flow });
  }

  /** A duration is the same in any unit, and a workflow by whichever way it is written. */
  #same(node: unknown, value: unknown): boolean {
    const said = toPlain(node, this.#document);
    if (JSON.stringify(said) === JSON.stringify(value)) return true;
    const [a, b] = [durationTextSchema.safeParse(said), durationTextSchema.safeParse(value)];
    return a.success && b.success && a.data === b.data;
  }
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toPlain(node: unknown, document: Document.Parsed<ParsedNode>): unknown {
  if (typeof node !== 'object' || node === null || !('toJS' in node)) return node;
  return (node as { toJS(document: Document): unknown }).toJS(document);
}

function nameOf(item: YAMLMap, key: string): string {
  return String(item.get(key) ?? '');
}

function membersIn(company: { get(key: string, keepScalar: true): unknown }): YAMLMap[] {
  const items = (of: { get(key: string, keepScalar: true): unknown }, key: string): YAMLMap[] => {
    const list = of.get(key, true);
    return isSeq(list) ? list.items.filter((item): item is YAMLMap => isMap(item)) : [];
  };
  return items(company, 'departments').flatMap((department) =>
    items(department, 'teams').flatMap((team) => items(team, 'members')),
  );
}

function memberNames(file: Fields): string[] {
  const { departments = [] } = file as CompanyFileInput;
  return departments.flatMap(({ teams = [] }) =>
    teams.flatMap(({ members = [] }) => members.map(({ name }) => name)),
  );
}
