/** Reads errors.md, which says of each code what it means, where it comes from and what to do. */
import type { ErrorCode } from '../../core/error.ts';

export interface ErrorWords {
  readonly meaning: string;
  readonly cause: string;
  readonly remedy: string;
}

export type ErrorGuide = (code: ErrorCode) => ErrorWords;

/** @param text of errors.md; a code that it lacks has no words */
export function readErrorGuide(text: string): ErrorGuide {
  const sections = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')).trim(), wordsIn(section)]),
  );
  return (code) => sections.get(code) ?? { meaning: code, cause: '', remedy: '' };
}

function wordsIn(section: string): ErrorWords {
  const [, meaning = ''] = section.split('\n\n');
  const line = (name: string) => new RegExp(`^- \\*\\*${name}:\\*\\* (.+)$`, 'm').exec(section)?.[1] ?? '';
  return { meaning: meaning.trim(), cause: line('Likely cause'), remedy: line('What to do') };
}
