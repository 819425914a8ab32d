/** Writes a YAML document in the style of the text that it was read from. */
import type { Document, ParsedNode, YAMLSeq } from 'yaml';
import { visit } from 'yaml';

/** @param before the text that it was read from; empty: there was none */
export function yamlText(document: Document.Parsed<ParsedNode>, before: string): string {
  if (!before.includes('[ ')) visit(document, { Seq: (_key, list) => closeUp(list) });
  return document.toString({ lineWidth: 0 });
}

/** `[a, b]` beside `{ a: b }`, as people write it; the library pads both or none. */
function closeUp(list: YAMLSeq): void {
  const write = list.toString.bind(list);
  list.toString = (...how: Parameters<typeof write>) => write(...how).replace(/^\[ (.*) \]$/, '[$1]');
}
