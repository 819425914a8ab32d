/** A YAML text with its data, and where in the text each piece of the data stands. */
import type { Document, Node, ParsedNode, YAMLError } from 'yaml';
import { isAlias, isCollection, isMap, isNode, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { FilePath } from '../core/file-node.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What the parser itself complains about. */
export interface SyntaxFault extends Position {
  readonly message: string;
  readonly fix: string;
}

/** No file that people write comes near it; what does is a mistake, or an attack on whoever reads it. */
const largestText = 1_000_000;

export class YamlSource {
  readonly faults: readonly SyntaxFault[];
  /** The data as JSON has it; null when the text has none or can't be read. */
  readonly raw: unknown;
  /** Whether the data is whole although there are faults: then it can be checked, too. */
  readonly isReadable: boolean;
  readonly #document: Document.Parsed<ParsedNode>;
  readonly #lines = new LineCounter();

  constructor(text: string) {
    const refused = text.length > largestText ? tooLongFault : notText(text) ? notTextFault : null;
    const options = { lineCounter: this.#lines, prettyErrors: false, stringKeys: true } as const;
    this.#document = parseDocument(refused ? '' : text, options);
    const errors = firstCauses(this.#document.errors).map((error) => ({
      code: error.code,
      ...this.#at(error.pos[0]),
      message: this.#words(error, text),
      fix: fixes[error.code] ?? 'correct the YAML here',
    }));
    const data = this.#read();
    this.raw = data.raw;
    this.faults = [
      ...errors.map(({ line, column, message, fix }) => ({ line, column, message, fix })),
      ...data.faults,
      ...(refused ? [{ line: 1, column: 1, ...refused }] : []),
    ];
    const isWhole = errors.every(({ code }) => code === 'DUPLICATE_KEY');
    this.isReadable = isWhole && data.faults.length === 0 && refused === null;
  }

  /** Where the key or the value at the end of the path stands; of what isn't there, where it should be. */
  position(path: FilePath, at: 'key' | 'value' = 'value'): Position {
    let node: Node | null = this.#document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const [depth, part] of path.entries()) {
      const wantsKey = at === 'key' && depth === path.length - 1;
      const child = this.#child(node, part);
      if (!child) break;
      offset = (wantsKey ? child.keyOffset : null) ?? startOf(child.value) ?? child.keyOffset ?? offset;
      node = child.value;
    }
    return this.#at(offset);
  }

  #child(node: Node | null, part: string | number): { value: Node | null; keyOffset: number | null } | null {
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    if (isSeq(target)) {
      const item = target.items[Number(part)];
      return isNode(item) ? { value: item, keyOffset: null } : null;
    }
    if (!isMap(target)) return null;
    const pair = target.items.find(({ key }) => String(isNode(key) ? key : '') === String(part));
    if (!pair) return null;
    const { key, value } = pair;
    return { value: isNode(value) ? value : null, keyOffset: isNode(key) ? (key.range?.[0] ?? null) : null };
  }

  #words({ code, message, pos }: YAMLError, text: string): string {
    const [at] = pos;
    if (code === 'DUPLICATE_KEY') {
      const key = /^["']?([\p{L}\p{N}_-]{1,60})/u.exec(text.slice(at))?.[1];
      return key ? `the key \`${key}\` is there twice` : 'this key is there twice';
    }
    return messages[code] ?? oneLine(message);
  }

  /** Aliases whose anchor isn't there: the parser lets them pass, and the data could not be made. */
  #lostAliases(): SyntaxFault[] {
    const faults: SyntaxFault[] = [];
    visit(this.#document, {
      Alias: (_key, alias) => {
        if (alias.resolve(this.#document)) return;
        const message = `there is no anchor \`&${alias.source}\` before this alias`;
        const fix = 'add the anchor, or put quotes around text that starts with `*`';
        faults.push({ ...this.#at(alias.range?.[0] ?? 0), message, fix });
      },
    });
    return faults;
  }

  #read(): { raw: unknown; faults: SyntaxFault[] } {
    const lost = this.#lostAliases();
    if (lost.length > 0) return { raw: null, faults: lost };
    try {
      return { raw: this.#document.toJS({ maxAliasCount: 100 }) as unknown, faults: [] };
    } catch {
      // The one thing left that it refuses: aliases of aliases, which would fill the memory.
      const message = 'the aliases (`*name`) stand for too much text when they are written out';
      return { raw: null, faults: [{ line: 1, column: 1, message, fix: 'write out what they stand for' }] };
    }
  }

  #at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

/** After a tab nothing is where it should be: what else is wrong then is no fault of the writer's. */
function firstCauses(errors: readonly YAMLError[]): readonly YAMLError[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  return tabs.length > 0 ? tabs : errors;
}

/** Where a node begins; a value that was left out has no place of its own. */
function startOf(node: Node | null): number | null {
  if (!node?.range) return null;
  const [start, end] = node.range;
  return start === end && !isCollection(node) ? null : start;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Characters that no text editor writes, or what stands where bytes were no characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const notText = (text: string): boolean => /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/.test(text);

const notTextFault = {
  message: 'this is not a text file',
  fix: 'name a YAML file in UTF-8; is it the right file?',
};

const tooLongFault = {
  message: `the file is longer than ${largestText.toLocaleString('en')} characters`,
  fix: 'a company or workflow file is far shorter; is it the right file?',
};

/** The parser's own words are for programmers in these cases. */
const messages: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'the file holds more than one document',
};

/** What usually helps, by the parser's own codes. */
const fixes: Readonly<Record<string, string>> = {
  BAD_INDENT: 'indent it like its neighbours, and close every bracket',
  BLOCK_AS_IMPLICIT_KEY: 'put quotes around text that holds `: `, or start a new line for the nested key',
  DUPLICATE_KEY: 'remove one of the two, or rename it',
  MISSING_CHAR: 'add the missing character',
  MULTIPLE_DOCS: 'keep one document in the file: remove the line `---`',
  TAB_AS_INDENT: 'indent with spaces',
};
