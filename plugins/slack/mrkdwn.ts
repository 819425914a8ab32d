/** Markdown as Slack writes it, and what people write in Slack as Markdown. */

/** Characters that no text needs, and those that turn the direction of what follows. */
const unseen = /(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;
const code = /(```[\s\S]*?```|`[^`\n]+`)/;

/** Nobody is mentioned by it, and only an address of the web becomes a link. To be shown with `verbatim`. */
export function toMrkdwn(markdown: string): string {
  return plain(markdown)
    .split(code)
    .map((part, n) => (n % 2 === 1 ? escaped(part) : formatted(escaped(part))))
    .join('');
}

/** Without formatting, and safe where Slack would read some into it. */
export const escaped = (text: string): string =>
  plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const plain = (text: string): string => text.replaceAll('\r\n', '\n').replace(unseen, '');

function formatted(text: string): string {
  return text
    .replace(/^(\s*)[-*+] /gm, '$1• ')
    .replace(/(?<![*\w])\*(?![\s*])([^*\n]+?)(?<!\s)\*(?![*\w])/g, '_$1_')
    .replace(/\*\*(?!\s)([^\n]+?)\*\*/g, '*$1*')
    .replace(/(?<!\w)__(?!\s)([^\n]+?)__(?!\w)/g, '*$1*')
    .replace(/~~([^\n]+?)~~/g, '~$1~')
    .replace(/^#{1,6} +(.+?)\**$/gm, (_line, title: string) => `*${title.replace(/^\*+/, '')}*`)
    .replace(/!?\[([^\]\n]*)\]\((https?:\/\/[^\s)|]+)\)|(https?:\/\/[^\s|)\]]+)/g, link);
}

function link(_all: string, label: string | undefined, address: string | undefined, bare: string): string {
  if (address === undefined) return `<${bare}>`;
  const shown = label?.replaceAll('|', '¦');
  return shown ? `<${address}|${shown}>` : `<${address}>`;
}

/** @param names of people, by their id */
export function fromMrkdwn(text: string, names: ReadonlyMap<string, string>): string {
  return text
    .replace(/<([^<>\n]*)>/g, (_all, inner: string) => unlinked(inner, names))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function unlinked(inner: string, names: ReadonlyMap<string, string>): string {
  const [target = '', label = ''] = inner.split('|', 2);
  const id = target.slice(1);
  if (target.startsWith('@')) return `@${names.get(id) ?? (label || id)}`;
  if (target.startsWith('#')) return `#${label || id}`;
  if (target.startsWith('!')) return label || `@${id}`;
  return label === '' || label === target ? target : `[${label}](${target})`;
}

/** Cut where a line or a word ends, each piece at most so long; a block of code goes on in the next. */
export function pieces(text: string, longest: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const room = longest - 2 * fence.length;
    const cut = cutAt(rest, room);
    const piece = rest.slice(0, cut);
    const isOpen = piece.split('```').length % 2 === 0;
    found.push(isOpen ? `${piece}${fence}` : piece);
    rest = (isOpen ? '```\n' : '') + rest.slice(cut).replace(/^\n/, '');
  }
  return [...found, rest];
}

const fence = '\n```';

function cutAt(text: string, room: number): number {
  const line = text.lastIndexOf('\n', room);
  if (line > room / 2) return line;
  const word = text.lastIndexOf(' ', room);
  if (word > room / 2) return word + 1;
  // Not between the two halves of a character.
  return /[\uD800-\uDBFF]/.test(text.charAt(room - 1)) ? room - 1 : room;
}
