/** Reads how docs/cli.md describes the JSON documents: `{ tasks: [task], next }`, and `task`: `id`, `title` … below. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectFolder } from '../../build/project-folder.ts';

export type Fields = ReadonlyMap<string, Described | null>;

/** Null: of some plain kind. A name that nothing below is described by is plain, too. */
export type Described =
  | { readonly kind: 'fields'; readonly fields: Fields; readonly like?: string }
  | { readonly kind: 'list'; readonly of: Described | null }
  | { readonly kind: 'name'; readonly name: string };

export interface Descriptions {
  /** By the words of the command. */
  readonly documents: ReadonlyMap<string, Described>;
  /** What several documents have in them: `task`, `gate`. */
  readonly named: ReadonlyMap<string, Fields>;
}

export async function readDescriptions(): Promise<Descriptions> {
  const page = await readFile(path.join(projectFolder, 'docs', 'cli.md'), 'utf8');
  const chapter = /^## JSON documents\n([\s\S]*?)^## /m.exec(page)?.[1] ?? '';
  const bullets = [...chapter.matchAll(/^- `(\w+)`[^:`]*: (.*)$/gm)];
  const named = new Map(bullets.map(([, name = '', text = '']) => [name, fieldsIn(text)]));
  const documents = new Map<string, Described>();
  for (const [, commands = '', text = ''] of chapter.matchAll(/^\| (`.*?) \| (.*) \|$/gm)) {
    const words = [...commands.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);
    const shapes = [...text.replaceAll('\\|', '|').matchAll(/`(\{[^`]*\})`/g)].map(([, shape = '']) =>
      parse(shape),
    );
    // Several documents in one row are for its commands, one after the other; the last one for all that are left.
    for (const [at, command] of words.entries()) {
      const shape = shapes[Math.min(at, shapes.length - 1)];
      if (shape) documents.set(command, shape);
    }
  }
  return { documents, named };
}

/** `id`, `epic: { id, title }` (`null` for …), `notes: […]`: what stands in brackets, and behind `;`, is for people. */
function fieldsIn(text: string): Fields {
  const plain = text.replace(/`[^`]*`|\([^()]*\)/g, (part) => (part.startsWith('(') ? '' : part));
  const spans = [...(plain.split('; ')[0] ?? '').matchAll(/`([a-zA-Z][^`]*)`/g)].map(([, span = '']) => span);
  const shape = parse(`{ ${spans.join(', ')} }`);
  return shape.kind === 'fields' ? shape.fields : new Map();
}

function parse(text: string): Described {
  const tokens = text.match(/[{}[\],:|]|<[^>]*>|[\w-]+/g) ?? [];
  let at = 1;

  function fieldsUntil(end: string): Fields {
    const known = new Map<string, Described | null>();
    while (at < tokens.length && tokens[at] !== end) {
      const key = tokens[at++] ?? '';
      if (key === ',') continue;
      const isDescribed = tokens[at] === ':';
      if (isDescribed) at += 1;
      known.set(key, isDescribed ? value() : { kind: 'name', name: key });
    }
    at += 1;
    return known;
  }

  /** @param end of what it stands in: `task with history` has the fields of both until there */
  function value(end = '}'): Described | null {
    const token = tokens[at++] ?? '';
    if (token === '{') return { kind: 'fields', fields: fieldsUntil('}') };
    if (token === '[') {
      const of = tokens[at] === ']' ? null : value(']');
      if (tokens[at] === ']') at += 1;
      return { kind: 'list', of };
    }
    if (tokens[at] === 'with') {
      at += 1;
      return { kind: 'fields', fields: fieldsUntil(end), like: token };
    }
    const isOneOf = tokens[at] === '|';
    while (tokens[at] === '|') at += 2;
    return isOneOf ? null : { kind: 'name', name: token };
  }

  return { kind: 'fields', fields: fieldsUntil('}') };
}
