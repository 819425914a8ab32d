/** The checks of what was handed in, for people: a line each. */
import { durationWords } from '../../core/duration-words.ts';
import type { DurationMs } from '../../core/units.ts';
import type { CheckDocument } from '../documents/check-document.ts';
import { plainLine } from './plain-text.ts';
import type { Style } from './style.ts';

/** A check that passed has a tick, so that colour alone never says it. */
export function checkText({ command, exitCode, tookMs, commit }: CheckDocument, style: Style): string {
  const sign = exitCode === 0 ? style('good', '✓') : style('failed', '✗');
  const at = commit === null ? '' : ` at ${commit.slice(0, 12)}`;
  const took = tookMs < 1_000 ? `${tookMs} ms` : durationWords(tookMs as DurationMs);
  return `${sign} ${plainLine(command)} ${style('over', `exit code ${exitCode ?? 'none'}, ${took}${at}`)}`;
}
