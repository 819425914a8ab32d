/** Writes a workflow into the text of its file as people keep it: their comments, order and style stay. */

import type { Document, ParsedNode } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { durationTextSchema } from '../core/org/duration-text.ts';
import type { WorkflowFileInput } from '../core/workflow/workflow-to-file.ts';
import { yamlText } from './yaml-text.ts';

type Fields = Readonly<Record<string, unknown>>;
type Text = Document.Parsed<ParsedNode>;

/** What a file may say although it is so anyway. */
const defaults: Fields = {
  ...{ version: 1, priority: 'NORMAL', depends_on: [], complexity: 1, requires_capabilities: [], checks: [] },
  ...{ gates: [], human_required: false, self_approval: 'forbidden', distinct: true, on_timeout: 'escalate' },
};

/** The lists whose entries go by a name. */
const keyOf: Readonly<Record<string, string>> = { steps: 'id', gates: 'name' };

/**
 * The text with what the workflow has become; what is the same stays as it is written. A text that is no YAML is replaced.
 * @param text of a workflow file
 */
export function writeWorkflowText(text: string, file: WorkflowFileInput): string {
  const parsed = parseDocument(text, { stringKeys: true });
  const isUsable = parsed.errors.length === 0 && isMap(parsed.contents);
  const document = isUsable ? parsed : parseDocument('{}');
  const { contents } = document;
  if (!isMap(contents)) return text;
  contents.flow = false;
  const before = JSON.stringify(document.toJS());
  writeMap(document, contents as YAMLMap, file as Fields);
  if (isUsable && JSON.stringify(document.toJS()) === before) return text;
  return yamlText(document, text);
}

function writeMap(document: Text, map: YAMLMap, fields: Fields): void {
  for (const [key, value] of Object.entries(fields)) {
    const node = map.get(key, true) as unknown;
    if (node !== undefined && isSame(document, node, value)) continue;
    const name = keyOf[key];
    if (name !== undefined && Array.isArray(value))
      writeList(document, map, key, node, value as Fields[], name);
    else if (isMap(node) && isFields(value)) writeMap(document, node as YAMLMap, value);
    else if (isScalar(node) && isPlain(value)) node.value = value;
    else map.set(key, createNode(document, value));
  }
  for (const key of map.items.map((pair) => String((pair.key as Scalar).value ?? pair.key))) {
    const isDefault = () => isSame(document, map.get(key, true), defaults[key]);
    if (!(key in fields) && !isDefault()) map.delete(key);
  }
}

function writeList(
  document: Text,
  map: YAMLMap,
  key: string,
  node: unknown,
  values: readonly Fields[],
  name: string,
): void {
  const list = isSeq(node) ? node : new YAMLSeq(document.schema);
  const old = list.items.filter((item): item is YAMLMap => isMap(item));
  const known = pair(old, values, name);
  list.items = values.map((value) => {
    const item = known.get(value) ?? new YAMLMap(document.schema);
    if (!known.has(value)) item.flow = key === 'gates';
    writeMap(document, item, value);
    return item;
  });
  if (list.items.length > 0) list.flow = false;
  if (list !== node) map.set(key, list);
}

/** By name; of those left over on both sides, one by one: they were renamed. */
function pair(old: readonly YAMLMap[], values: readonly Fields[], name: string): Map<Fields, YAMLMap> {
  const nameOf = (item: YAMLMap) => String(item.get(name) ?? '');
  const byName = new Map(old.map((item) => [nameOf(item), item]));
  const known = new Map<Fields, YAMLMap>();
  for (const value of values) {
    const item = byName.get(String(value[name]));
    if (item) known.set(value, item);
  }
  const taken = new Set(known.values());
  const gone = old.filter((item) => !taken.has(item));
  const fresh = values.filter((value) => !known.has(value));
  if (gone.length === fresh.length)
    for (const [at, value] of fresh.entries()) if (gone[at]) known.set(value, gone[at]);
  return known;
}

function createNode(document: Text, value: unknown): unknown {
  return isPlain(value) ? new Scalar(value) : document.createNode(value, { flow: true });
}

/** A duration is the same in any unit. */
function isSame(document: Text, node: unknown, value: unknown): boolean {
  const hasText = typeof node === 'object' && node !== null && 'toJS' in node;
  const said = hasText ? (node as { toJS(of: Document): unknown }).toJS(document) : node;
  if (JSON.stringify(said) === JSON.stringify(value)) return true;
  const [a, b] = [durationTextSchema.safeParse(said), durationTextSchema.safeParse(value)];
  return a.success && b.success && a.data === b.data;
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
