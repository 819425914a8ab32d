/**
 * Makes what a worker wrote fit for a terminal: colours stay, and nothing else that a terminal would obey. A log can't move the
 * cursor over what stands above, change the clipboard or the title, or turn the order of its letters. Pure.
 */

/** A line is cut into pieces of so many characters: one without an end must not become one cell after the other for ever. */
const longestPiece = 4_000;

const escapeByte = '\u001b';
/** In this order: texts of OSC, DCS, SOS, PM and APC with their end, CSI, other escapes of two or three bytes. */
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)?|(?:\u001b\[|\u009b)[0-?]*[ -/]*(?:[@-~]|$)|\u001b[ -/]*[0-~]?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what it looks for
const colour = /^\u001b\[[0-9;:]*m$/;
/** Controls that are left, and marks that turn the direction of what follows; a tab stays. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
  /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Lines for a terminal, each with an end to its colours; what would go back to its start begins a line of its own. */
export function colouredLines(line: string): string[] {
  return line
    .split('\r')
    .filter((part, at) => part !== '' || at === 0)
    .flatMap((part) => pieces(part.replace(sequences, keptColour).replace(unseen, '')))
    .map((text) => (text.includes(escapeByte) ? `${text}${escapeByte}[0m` : text));
}

/** The same without colours: to be copied. */
export function plainLines(line: string): string[] {
  return line
    .split('\r')
    .filter((part, at) => part !== '' || at === 0)
    .map((part) => part.replace(sequences, '').replace(unseen, ''));
}

/** One that hides its text (8) is no colour. */
function keptColour(sequence: string): string {
  if (!colour.test(sequence)) return '';
  const hides = sequence.slice(2, -1).split(';').includes('8');
  return hides ? '' : sequence;
}

function pieces(text: string): string[] {
  if (text.length <= longestPiece) return [text];
  const all: string[] = [];
  for (let from = 0; from < text.length; from += longestPiece)
    all.push(text.slice(from, from + longestPiece));
  return all;
}
