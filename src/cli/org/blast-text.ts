/** What edits do to what runs, in words: what breaks first, then whose work moves, then who may do what. */
import type { BlastRadius, CapabilityChange, TaskChange } from '../../core/org/chart/blast-radius.ts';
import { isHarmless } from '../../core/org/chart/blast-radius.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Style } from '../output/style.ts';

export function blastText(radius: BlastRadius, style: Style): string[] {
  const { breaks, repairs, stuckGates, voided, tasks, capabilities } = radius;
  return [
    ...(isHarmless(radius) ? [style('good', 'Nothing that runs is touched.')] : []),
    ...breaks.map(({ workflow, finding: { message, repairs: ways } }) =>
      style(
        'failed',
        plainLine(`${workflow} can't be finished any more: ${message}${ways[0] ? ` - ${ways[0].text}` : ''}`),
      ),
    ),
    ...stuckGates.map(({ name, epic }) =>
      style('failed', plainLine(`nobody could open the gate ${name}${epic === null ? '' : ` of “${epic}”`}`)),
    ),
    ...voided.map(({ gate, by }) => style('waiting', plainLine(`the sign-off of ${by} at ${gate} is void`))),
    ...tasks.map((task) => style('waiting', plainLine(taskText(task)))),
    ...repairs.map(({ workflow, finding }) =>
      plainLine(`${workflow}: ${finding.gate ?? finding.stepId} is put right`),
    ),
    ...capabilities.map((change) => plainLine(capabilityText(change))),
  ];
}

function taskText({ title, what, from, to }: TaskChange): string {
  const then = to.length === 0 ? 'nobody' : to.join(' or ');
  switch (what) {
    case 'goes-on':
      return `“${title}” goes on with ${from ?? 'whoever has it'}; rework goes to ${then}`;
    case 'reassigned':
      return `“${title}” goes from ${from ?? 'whoever has it'} to ${then}`;
    case 'nobody':
      return `“${title}” is left with nobody who may take it`;
  }
}

function capabilityText({ name, what, gains, loses }: CapabilityChange): string {
  const parts = [
    ...(what === 'changes' ? [] : [what]),
    ...(gains.length > 0 ? [`gains ${gains.join(', ')}`] : []),
    ...(loses.length > 0 ? [`loses ${loses.join(', ')}`] : []),
  ];
  return `${name} ${parts.join('; ')}`;
}
