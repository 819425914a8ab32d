/** The colours, by what they mean: cyan lives, magenta needs you, amber waits, red failed. Never without a word or a mark. */

export type Meaning =
  | 'alive'
  | 'good'
  | 'yours'
  | 'waiting'
  | 'failed'
  | 'over'
  | 'strong'
  | 'accent'
  | 'key'
  | 'plain';

export interface Ink {
  paint(meaning: Meaning, text: string): string;
  /** The line under the cursor. */
  selected(text: string): string;
  /** A rule over the width, from one neon to the other. */
  rule(width: number, mark: string): string;
}

const esc = '\u001b[';
const reset = `${esc}0m`;

/** Of the 256 colours. */
const many: Readonly<Record<Exclude<Meaning, 'plain'>, string>> = {
  alive: '38;5;51',
  good: '38;5;84',
  yours: '1;38;5;207',
  waiting: '38;5;215',
  failed: '1;38;5;203',
  over: '38;5;245',
  strong: '1;38;5;255',
  accent: '38;5;75',
  key: '1;38;5;51',
};

/** Where there are only 16. */
const few: typeof many = {
  alive: '36',
  good: '32',
  yours: '1;35',
  waiting: '33',
  failed: '1;31',
  over: '90',
  strong: '1',
  accent: '34',
  key: '1;36',
};

const neon = [51, 45, 39, 75, 105, 135, 171, 207];
const selectedGround = '48;5;237';

/** @param depth how many colours the terminal has; 0: none, or NO_COLOR says so */
export function inkFor(depth: 0 | 16 | 256): Ink {
  if (depth === 0) {
    return {
      paint: (_meaning, text) => text,
      // No colour, and still not to be overlooked.
      selected: (text) => `${esc}7m${text}${reset}`,
      rule: (width, mark) => mark.repeat(Math.max(0, width)),
    };
  }
  const codes = depth === 256 ? many : few;
  return {
    paint: (meaning, text) =>
      meaning === 'plain' || text === '' ? text : `${esc}${codes[meaning]}m${text}${reset}`,
    selected: (text) => {
      const ground = `${esc}${depth === 256 ? selectedGround : '7'}m`;
      // What is painted in the line ends with a reset, after which the ground goes on.
      return `${ground}${text.replaceAll(reset, `${reset}${ground}`)}${reset}`;
    },
    rule: (width, mark) => (depth === 256 ? gradient(width, mark) : `${esc}36m${mark.repeat(width)}${reset}`),
  };
}

function gradient(width: number, mark: string): string {
  const each = Math.max(1, Math.ceil(width / neon.length));
  const parts = neon.map((colour, i) => {
    const length = Math.max(0, Math.min(each, width - i * each));
    return length === 0 ? '' : `${esc}38;5;${colour}m${mark.repeat(length)}`;
  });
  return `${parts.join('')}${reset}`;
}

/** What this terminal shows. */
export function colourDepth(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): 0 | 16 | 256 {
  if (env['NO_COLOR'] || !stream.isTTY || !stream.hasColors()) return 0;
  return stream.hasColors(256) ? 256 : 16;
}
