/** Which words of a YAML text are keys, comments, numbers and texts: for the eye alone, line by line. Pure. */

export interface TextPart {
  readonly text: string;
  readonly kind: 'plain' | 'key' | 'comment' | 'number' | 'text' | 'mark';
}

const pattern =
  /(?<comment>(?<=^|\s)#.*$)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|(?<key>[\p{L}\p{N}_./-]+(?=\s*:(?:\s|$)))|(?<number>(?<=^|[\s[{,:])(?:\d[\d_.]*[smhd]?|true|false|null)(?=$|[\s\]},]))|(?<mark>[-:,[\]{}]+(?=\s|$|[^\s]))/gu;

/** The parts of each line; together they are the text. */
export function highlightYaml(text: string): TextPart[][] {
  return text.split('\n').map(partsOf);
}

function partsOf(line: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of line.matchAll(pattern)) {
    if (match.index > end) parts.push({ text: line.slice(end, match.index), kind: 'plain' });
    const [kind = 'plain'] =
      Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    parts.push({ text: match[0], kind: kind as TextPart['kind'] });
    end = match.index + match[0].length;
  }
  if (end < line.length) parts.push({ text: line.slice(end), kind: 'plain' });
  return parts;
}
