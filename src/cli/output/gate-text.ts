/** A gate for people: what is signed, and which slots are filled by whom. */
import type { GateView } from '../../contract/queries.ts';
import { durationWords } from '../../core/duration-words.ts';
import type { MemberId } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';
import { sinceMs } from '../../core/units.ts';
import { calledAs } from '../called-as.ts';
import type { GateDocument, SlotDocument } from '../documents/gate-document.ts';
import { gateDocument } from '../documents/gate-document.ts';
import type { Names } from '../documents/names.ts';
import { checkText } from './check-text.ts';
import { plainLine } from './plain-text.ts';
import type { Style } from './style.ts';
import { meaningOf } from './style.ts';
import { durationText, relativeTime } from './time-text.ts';

/** Who reads it at the terminal. */
export interface GateReader {
  /** Null: nobody of the company. */
  readonly id: MemberId | null;
  readonly names: Names;
  /** The options by which the same company is found again: empty, or ` --company Acme`. */
  readonly company: string;
}

export function gateText(gate: GateDocument, style: Style): string {
  const waits = gate.state === 'waiting' || gate.state === 'vetoed';
  const waiting =
    waits && gate.waitingSince ? ` ${style('over', `for ${waitingFor(gate.waitingSince)}`)}` : '';
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
  lines.push(...gate.checks.map((check) => `  ${checkText(check, style)}`));
  if (gate.artifacts.length > 1)
    lines.push(`  signed is the list of them, SHA-256 ${gate.artifactSha256 ?? ''}`);
  if (gate.needsHuman && gate.state === 'waiting')
    lines.push(style('yours', '  needs the sign-off of a human'));
  for (const { member, reason, until } of gate.setAside)
    lines.push(
      style('over', `  ${plainLine(member)} has set it aside for ${timeLeft(until)}: ${plainLine(reason)}`),
    );
  if (gate.deadline && gate.state === 'waiting')
    lines.push(style('waiting', `  ${timeOutText(gate.deadline, gate)}`));
  return lines.join('\n');
}

const placeOf = ({ epic, step, position, requestedBy }: GateDocument): string =>
  epic && step !== null
    ? `${position} step ${plainLine(step)} of “${plainLine(epic.title)}”`
    : `an approval that ${plainLine(requestedBy ?? 'somebody')} asked for`;

const refusalText = ({ by, note }: NonNullable<GateDocument['refusal']>): string =>
  `${by === null ? 'its time ran out' : plainLine(by)}: ${plainLine(note)}`;

const timeOutText = (deadline: string, { onTimeout }: GateDocument): string =>
  `its time runs out in ${timeLeft(deadline)}: ${onTimeout === 'reject' ? 'then it is rejected' : 'then the next role up is asked'}`;

/** The gate, and what its reader may type about it while it waits. */
export function gateTextWithHint(view: GateView, reader: GateReader, style: Style): string {
  const text = gateText(gateDocument(view, reader.names), style);
  const hints = view.gate.state === 'waiting' ? hintsFor(reader, view) : [];
  return [text, ...hints.map((hint) => style('over', `  ${hint}`))].join('\n');
}

function hintsFor({ id: reader, company }: GateReader, { gate, slots, artifacts }: GateView): string[] {
  const { id, request } = gate;
  if (slots.some(({ entitled }) => entitled.some((able) => able.id === reader))) {
    const [first] = artifacts;
    return [
      ...(first
        ? [
            `${calledAs()} artifact show ${first.hash.slice(0, 12)}${company}   prints ${plainLine(first.path)}`,
          ]
        : []),
      `${calledAs()} approve ${id}${company}   or   ${calledAs()} reject ${id} --note "why"${company}`,
    ];
  }
  return request && request.by === reader
    ? [`${calledAs()} approvals cancel ${id}${company}   takes it back`]
    : [];
}

/** A filled slot has a tick, so that colour alone never says it. */
function slotText(slot: SlotDocument, gate: GateDocument, style: Style): string {
  const { role, signOff, entitled, escalatedTo, delegation } = slot;
  if (signOff) {
    const override = signOff.overrideBy ? `, as ${signOff.overrideBy}` : '';
    const note = signOff.note ? `: ${plainLine(signOff.note)}` : '';
    return `${style('good', '✓')} ${role} ${plainLine(signOff.member)} (${signOff.kind}${override}) ${style('over', ago(signOff.at))}${note}`;
  }
  if (gate.state !== 'waiting') return style('over', `· ${role}`);
  const who =
    entitled.length === 0 ? style('failed', 'nobody can') : `${entitled.map(plainLine).join(', ')} can`;
  const escalated = escalatedTo ? `, ${escalatedTo} is asked in its place` : '';
  const note = delegation?.note ? `: ${plainLine(delegation.note)}` : '';
  const asked = delegation ? `, ${plainLine(delegation.by)} asked ${plainLine(delegation.to)}${note}` : '';
  return `${style('waiting', '·')} ${role} open, ${who}${escalated}${asked}`;
}

const ago = (at: string): string => relativeTime(Date.parse(at) as EpochMs, Date.now() as EpochMs);

const timeLeft = (deadline: string): string =>
  durationWords(sinceMs(Date.now() as EpochMs, Date.parse(deadline) as EpochMs));

const waitingFor = (since: string): string =>
  durationText(sinceMs(Date.parse(since) as EpochMs, Date.now() as EpochMs));
