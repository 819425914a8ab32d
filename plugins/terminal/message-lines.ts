/** How a message looks in a terminal: what it is, who wrote it, then its text, indented and wrapped. */
import type { OutboundMessage } from 'agentcoord/plugin';

export interface Look {
  readonly colored: boolean;
  readonly withTime: boolean;
  /** Characters to a line. */
  readonly columns: number;
}

/** SGR codes. A colour never says what the words beside it do not. */
const typeColors = { STATUS: '36', ERROR: '31', SUCCESS: '32', QUESTION: '35', ANNOUNCEMENT: '34' } as const;
const priorityColors = { LOW: '2', NORMAL: '0', HIGH: '33;1', URGENT: '41;97;1' } as const;

export function messageLines(message: OutboundMessage, { colored, withTime, columns }: Look): string {
  const paint = (code: string, text: string) =>
    colored && code !== '0' ? `\u001B[${code}m${text}\u001B[0m` : text;
  const { priority, type, title, text, author, at, to, thread } = message;
  const head = [
    withTime ? paint('2', timeIn(at)) : '',
    paint(typeColors[type], type),
    priority === 'NORMAL' ? '' : paint(priorityColors[priority], priority),
    paint('1', shown(title, ' ')),
    author === null ? '' : `— ${shown(author, ' ')}`,
    to === null ? '' : `→ ${shown(to.name || to.id, ' ')}`,
    thread === null ? '' : paint('2', '(answer)'),
  ];
  const body = shown(text, '\n')
    .split('\n')
    .flatMap((line) => wrapped(line, Math.max(20, columns - 2)));
  const lines = [
    head.filter((part) => part !== '').join(' '),
    ...body.map((line) => (line === '' ? '' : `  ${line}`)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Local time, as whoever looks at the terminal has it. */
function timeIn(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : date.toTimeString().slice(0, 8);
}

/** Nobody who writes a message moves our cursor, sets our title or hides what stands beside it. */
function shown(text: string, newline: ' ' | '\n'): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      .replace(/\t/g, '  ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
      .replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g, '\uFFFD')
      .replaceAll('\n', newline)
  );
}

function wrapped(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = [...line];
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const cut = space > width / 2 ? space : width;
    lines.push(rest.slice(0, cut).join(''));
    rest = rest.slice(rest[cut] === ' ' ? cut + 1 : cut);
  }
  return [...lines, rest.join('')];
}
