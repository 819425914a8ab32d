/** What a host did while it was cut off and did not fit any more: shown among the gates, for it waits for a ruling as they do. */
import type { Conflict } from '../../core/conflict/conflict.ts';
import type { Capability, ConflictId } from '../../core/ids.ts';
import { holdsCapability } from '../../core/org/membership.ts';
import { reasonForm } from '../acts/reason-form.ts';
import { newForm } from '../model/form.ts';
import type { Act, Hint, Row, View } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { columns, piece } from '../text/line.ts';
import { fact, heading, prose } from '../text/prose.ts';
import { ago, timeAgo } from '../text/times.ts';

const arbitrates = 'arbitrate_conflicts' as Capability;

/** Settles what others can't agree on. */
export function mayArbitrate({ state, self }: View): boolean {
  const member = self === null ? undefined : state.members.get(self);
  return member?.kind === 'human' && holdsCapability(state, member, arbitrates);
}

export const unresolved = ({ state }: View): Conflict[] =>
  [...state.conflicts.values()]
    .filter(({ resolution }) => resolution === null)
    .sort((a, b) => a.decidedAt - b.decidedAt);

export const conflictRows = (view: View): Row[] =>
  unresolved(view).map((conflict) => ({
    id: conflict.id,
    text: `${conflict.command.type} ${whoIn(view, conflict)}`,
    line: (width) =>
      columns(
        [
          piece('failed', '⇄'),
          mayArbitrate(view) ? piece('yours', 'needs you') : piece('failed', 'conflict'),
          piece('strong', conflict.command.type),
          piece('over', `${whoIn(view, conflict)}: ${conflict.refusal.message}`),
          piece('over', ago(conflict.decidedAt, view.now)),
        ],
        [1, 9, Math.min(24, Math.floor(width / 3)), 0, 6],
        width,
      ),
  }));

export function conflictDetail(view: View, conflict: Conflict, width: number): Line[] {
  const { command, events, refusal, decidedAt, hostId } = conflict;
  return [
    [piece('strong', command.type), ' ', piece('failed', '⇄ conflict')],
    ...fact('of', whoIn(view, conflict), width),
    ...fact('done', `${timeAgo(decidedAt, view.now)}, by the host ${hostId} alone`, width),
    ...fact('refused', `${refusal.code}: ${refusal.message}`, width, 'failed'),
    heading('what was asked'),
    ...prose(JSON.stringify(command, null, 2), width, 'plain', '│ '),
    heading('what it had led to there'),
    ...(events.length === 0
      ? [[piece('over', 'Nothing.')]]
      : events.map(({ event }): Line => [piece('over', '· '), event.type])),
  ];
}

export const conflictHints = (view: View): Hint[] =>
  mayArbitrate(view)
    ? [
        { key: 'R', does: 'apply it again' },
        { key: 'x', does: 'drop it' },
      ]
    : [];

export function pressOnConflict(view: View, conflict: Conflict, key: string): Act | null {
  if (key !== 'R' && key !== 'x') return null;
  if (!mayArbitrate(view)) {
    return { kind: 'notice', text: 'Only a person who settles conflicts may resolve this one' };
  }
  const { id, command } = conflict;
  const about: Line[] = [[piece('strong', command.type), piece('over', ` of ${whoIn(view, conflict)}`)]];
  if (key === 'x') {
    return reasonForm({
      ...{ title: 'Drop this conflict', verb: 'drop it', done: `${command.type} is dropped` },
      about: [...about, [piece('over', 'It is given up; what was done stays on record.')]],
      command: (reason) => ({ type: 'conflict.drop', conflictId: id, reason }),
    });
  }
  return {
    kind: 'form',
    form: newForm({
      title: 'Apply this again',
      about: [...about, [piece('over', 'It is decided now, in the name of whoever did it.')]],
      verb: 'apply it',
      fields: [],
    }),
    submit: () => ({
      kind: 'command',
      command: { type: 'conflict.reapply', conflictId: id },
      done: `${command.type} is applied again`,
    }),
  };
}

export const conflictOf = ({ state }: View, id: string | null): Conflict | undefined =>
  state.conflicts.get(id as ConflictId);

function whoIn({ state }: View, { actor }: Conflict): string {
  return actor.kind === 'host' ? 'the host' : (state.members.get(actor.memberId)?.name ?? actor.memberId);
}
