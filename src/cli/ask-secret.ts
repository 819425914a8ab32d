/** Gets a password from a person without showing it, or from a program that pipes it in: never from the command line. */
import { CoordError } from '../core/error.ts';

/**
 * At a terminal it asks and echoes nothing; else it is the first line of standard input.
 * @returns empty when there is none
 * @throws CoordError `BAD_INPUT` - the person gave up with Ctrl-C
 */
export async function askSecret(question: string): Promise<string> {
  return (await askSecrets([question]))[0] ?? '';
}

/** One after the other; else the lines of standard input in that order. @returns as many as were asked */
export async function askSecrets(questions: readonly string[]): Promise<readonly string[]> {
  const { stdin } = process;
  if (!stdin.isTTY) {
    const lines = await firstLines(stdin, questions.length);
    return questions.map((_, n) => lines[n] ?? '');
  }
  const answers: string[] = [];
  for (const question of questions) answers.push(await askUnseen(question));
  return answers;
}

async function askUnseen(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  try {
    return await typed(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

/** At a terminal; anything but yes is no. */
export async function askYes(question: string): Promise<boolean> {
  process.stderr.write(question);
  const [answer = ''] = await firstLines(process.stdin, 1);
  return /^y(?:es)?$/i.test(answer.trim());
}

async function firstLines(stdin: NodeJS.ReadStream, count: number): Promise<string[]> {
  stdin.setEncoding('utf8');
  let text = '';
  for await (const piece of stdin) {
    text += String(piece);
    if (text.split('\n').length > count) break;
  }
  return text
    .split('\n')
    .slice(0, count)
    .map((line) => line.replace(/\r$/, ''));
}

const [interrupt, endOfText, backspace, erase] = ['\u0003', '\u0004', '\u007f', '\b'] as const;

async function typed(stdin: NodeJS.ReadStream): Promise<string> {
  stdin.setEncoding('utf8');
  let text = '';
  for await (const piece of stdin) {
    for (const letter of String(piece)) {
      if (letter === interrupt)
        throw new CoordError('BAD_INPUT', 'Nothing was set: the password was not given');
      if (letter === '\r' || letter === '\n' || letter === endOfText) return text;
      if (letter === backspace || letter === erase) text = text.slice(0, -1);
      else text += letter;
    }
  }
  return text;
}
