/** A gate for people: what is signed, and which slots are filled by whom. */

import type { EpochMs } from '../../core/units.ts';
import { sinceMs } from '../../core/units.ts';
import type { GateDocument, SlotDocument } from '../documents/gate-document.ts';
import { plainLine } from './plain-text.ts';
import type { Style } from './style.ts';
import { meaningOf } from './style.ts';
import { durationText, relativeTime } from './time-text.ts';

export function gateText(gate: GateDocument, style: Style): string {
  const waiting = gate.waitingSince ? ` ${style('over', `for ${waitingFor(gate.waitingSince)}`)}` : '';
  const lines = [
    `${style('strong', plainLine(gate.name))} ${style(meaningOf(gate.state), gate.state)}${waiting} ${style('over', gate.id)}`,
    `  ${placeOf(gate)}`,
    ...(gate.refusal ? [`  ${style('failed', refusalText(gate.refusal))}`] : []),
    ...gate.slots.map((slot) => `  ${slotText(slot, gate, style)}`),
    ...gate.artifacts.map(
      (artifact) =>
        `  ${plainLine(artifact.path)} (${artifact.bytes} bytes) from “${plainLine(artifact.from)}”, SHA-256 ${artifact.sha256}`,
    ),
  ];
  if (gate.artifacts.length > 1)
    lines.push(`  signed is the list of them, SHA-256 ${gate.artifactSha256 ?? ''}`);
  if (gate.needsHuman && gate.state === 'waiting')
    lines.push(style('yours', '  needs the sign-off of a human'));
  return lines.join('\n');
}

const placeOf = ({ epic, step, position, requestedBy }: GateDocument): string =>
  epic && step !== null
    ? `${position} step ${plainLine(step)} of “${plainLine(epic.title)}”`
    : `an approval that ${plainLine(requestedBy ?? 'somebody')} asked for`;

const refusalText = ({ by, note }: NonNullable<GateDocument['refusal']>): string =>
  `${by === null ? 'its time ran out' : plainLine(by)}: ${plainLine(note)}`;

/** The gate, and what to type about it where it waits for somebody. */
export function gateTextWithHint(gate: GateDocument, style: Style): string {
  const text = gateText(gate, style);
  if (gate.state !== 'waiting') return text;
  const hint = `  agentcoord approve ${gate.id}   or   agentcoord reject ${gate.id} --note "why"`;
  return `${text}\n${style('over', hint)}`;
}

/** A filled slot has a tick, so that colour alone never says it. */
function slotText(slot: SlotDocument, gate: GateDocument, style: Style): string {
  const { role, signOff, entitled, escalatedTo } = slot;
  if (signOff) {
    const override = signOff.overrideBy ? `, as ${signOff.overrideBy}` : '';
    const note = signOff.note ? `: ${plainLine(signOff.note)}` : '';
    return `${style('good', '✓')} ${role} ${plainLine(signOff.member)} (${signOff.kind}${override}) ${style('over', ago(signOff.at))}${note}`;
  }
  if (gate.state !== 'waiting') return style('over', `· ${role}`);
  const who =
    entitled.length === 0 ? style('failed', 'nobody can') : `${entitled.map(plainLine).join(', ')} can`;
  const escalated = escalatedTo ? `, ${escalatedTo} is asked in its place` : '';
  return `${style('waiting', '·')} ${role} open, ${who}${escalated}`;
}

const ago = (at: string): string => relativeTime(Date.parse(at) as EpochMs, Date.now() as EpochMs);

const waitingFor = (since: string): string =>
  durationText(sinceMs(Date.parse(since) as EpochMs, Date.now() as EpochMs));
