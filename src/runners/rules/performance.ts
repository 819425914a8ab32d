/** Rules of performance: what blocks, and what is done once too often. */
import type { Finding } from '../../contract/review-report.ts';
import type { SourceFile, Sources } from './sources.ts';
import { byLines, isTest, python, scripts } from './sources.ts';

export function performance(sources: Sources): Finding[] {
  const files = sources.files.filter(({ path }) => scripts.test(path) && !isTest(path));
  return [
    ...files.flatMap(waitsInLoops),
    ...files.flatMap(blocksInAsync),
    ...byLines(sources, [
      {
        severity: 'medium',
        files: scripts,
        line: /\.forEach\(\s*async\b/,
        title: 'forEach does not wait',
        detail: 'Its calls run at once and nobody hears of their errors: use for … of, or Promise.all.',
      },
      {
        severity: 'low',
        files: scripts,
        line: /JSON\.parse\(\s*JSON\.stringify\(/,
        title: 'A copy by way of text',
        detail: 'Use structuredClone, or copy what changes.',
      },
      {
        severity: 'medium',
        files: scripts,
        line: /\.reduce\([^)]*=>\s*(?:\(\{|\[)\s*\.\.\./,
        title: 'A reduce that copies all of it each time',
        detail: 'The cost grows with the square: add to one object, or use Object.fromEntries.',
      },
      {
        severity: 'medium',
        files: python,
        line: /^\s*for\b.*\.(?:execute|query|get)\(/,
        title: 'A call for each element',
        detail: 'Ask for all of them at once.',
      },
    ]),
  ];
}

/** `await` in the body of a loop, by its braces. */
function waitsInLoops({ path, lines }: SourceFile): Finding[] {
  const findings: Finding[] = [];
  const loops: number[] = [];
  let depth = 0;
  for (const [at, text] of lines.entries()) {
    const opensLoop = /^\s*(?:for|while)\s*\(.*\{\s*$/.test(text) && !/\bfor\s+await\b/.test(text);
    if (loops.length > 0 && /\bawait\b/.test(text) && !/^\s*(?:\/\/|\*)/.test(text)) {
      findings.push({
        severity: 'low',
        file: path,
        line: at + 1,
        title: 'Waits in a loop, one after another',
        detail: 'If the turns don’t build on each other, begin them together and wait for all.',
      });
      // One for each loop is enough.
      loops.length = 0;
    }
    depth += count(text, '{') - count(text, '}');
    if (opensLoop) loops.push(depth);
    while (loops.length > 0 && depth < (loops.at(-1) ?? 0)) loops.pop();
  }
  return findings;
}

/** A call that stops everything, inside of a function that others wait for. */
function blocksInAsync({ path, lines }: SourceFile): Finding[] {
  const findings: Finding[] = [];
  let until = -1;
  let depth = 0;
  for (const [at, text] of lines.entries()) {
    if (until < 0 && /\basync\b.*\{\s*$/.test(text)) until = depth;
    const [call] =
      /\b(?:readFileSync|writeFileSync|execSync|spawnSync|readdirSync|pbkdf2Sync|scryptSync)\b(?=\s*\()/.exec(
        text,
      ) ?? [];
    if (until >= 0 && call) {
      findings.push({
        severity: 'medium',
        file: path,
        line: at + 1,
        title: `${call} in an async function`,
        detail: 'Everything else of the process stands still meanwhile: use the promise of it.',
      });
    }
    depth += count(text, '{') - count(text, '}');
    if (depth <= until) until = -1;
  }
  return findings;
}

const count = (text: string, letter: string): number => text.split(letter).length - 1;
