/** Rules of quality: what misleads the next reader, or hides what goes wrong. */
import type { Finding } from '../../contract/review-report.ts';
import type { SourceFile, Sources } from './sources.ts';
import { byLines, code, python, scripts } from './sources.ts';

export function quality(sources: Sources): Finding[] {
  return [
    ...sources.files.filter(({ path }) => code.test(path)).flatMap(notes),
    ...sources.files.filter(({ path }) => scripts.test(path)).flatMap(switchedOff),
    ...byLines(sources, [
      {
        severity: 'medium',
        files: scripts,
        line: /catch\s*(?:\([^)]*\))?\s*\{\s*\}|\.catch\(\s*\(\s*\)\s*=>\s*(?:\{\s*\}|null|undefined)\s*\)/,
        title: 'An error is swallowed',
        detail: 'Say why it does not matter, or handle it.',
      },
      {
        severity: 'medium',
        files: python,
        line: /^\s*except\s*:\s*(?:pass)?\s*$|except\s+Exception\s*:\s*pass/,
        title: 'Every error is swallowed',
        detail: 'Name the error that is expected.',
      },
      {
        severity: 'low',
        files: /\.[cm]?tsx?$/,
        line: /[:<]\s*any\b(?!\w)|\bas any\b/,
        title: 'any switches the checks off',
        detail: 'Use unknown and look, or say the type.',
      },
      {
        severity: 'low',
        files: scripts,
        line: /^\s*(?:console\.(?:log|debug)\(|debugger\b)/,
        unless: /cli|bin\//,
        title: 'Left over from looking for a fault',
        detail: 'Take it out, or use the log.',
      },
      {
        severity: 'medium',
        files: scripts,
        line: /[^=!]==[^=]\s*(?!null)/,
        unless: /===|!==|=>|['"`].*==.*['"`]/,
        title: '== compares after converting',
        detail: 'Use ===.',
      },
    ]),
  ];
}

/** Where somebody noted that it is not finished. */
function notes({ path, lines }: SourceFile): Finding[] {
  return lines.flatMap((text, at): Finding[] => {
    const [, word, rest = ''] = /(?:\/\/|\/\*|#|\*)\s*(TODO|FIXME|HACK|XXX)\b[:\s]*(.*)$/.exec(text) ?? [];
    if (!word) return [];
    const severity = word === 'TODO' ? 'low' : 'medium';
    return [
      {
        severity,
        file: path,
        line: at + 1,
        title: `${word}: ${rest.trim().slice(0, 120) || 'without a word'}`,
        detail: 'Do it, or make it a task that somebody has.',
      },
    ];
  });
}

/** A checker that is told to look away. */
function switchedOff({ path, lines }: SourceFile): Finding[] {
  return lines.flatMap((text, at): Finding[] => {
    const [what] = /@ts-(?:ignore|nocheck)|eslint-disable(?!-next-line [\w-]+.*--)/.exec(text) ?? [];
    if (!what) return [];
    return [
      {
        severity: 'medium',
        file: path,
        line: at + 1,
        title: `${what} switches a check off`,
        detail: 'Mend what it found, or say beside it why not.',
      },
    ];
  });
}
