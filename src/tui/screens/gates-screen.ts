/** The gates: what needs this person first, with the evidence before the decision. */

import type { AskedSlot } from '../../core/gate/asked-slots.ts';
import { askedSlots, needsMember } from '../../core/gate/asked-slots.ts';
import type { Gate } from '../../core/gate/gate.ts';
import { gatedEpic, gatedTask } from '../../core/gate/gated-work.ts';
import { isEntitledToAny } from '../../core/gate/signing-rules.ts';
import type { GateId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Artifact } from '../../core/task/task.ts';
import { arbitrateForm } from '../acts/arbitrate-form.ts';
import { asideAct, asideOf } from '../acts/aside-act.ts';
import { signForm } from '../acts/sign-form.ts';
import type { Act, Hint, Screen, View } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { columns, piece } from '../text/line.ts';
import { markOf, stateWord } from '../text/marks.ts';
import { fact, heading, prose } from '../text/prose.ts';
import { ago, until } from '../text/times.ts';
import {
  conflictDetail,
  conflictHints,
  conflictOf,
  conflictRows,
  mayArbitrate,
  pressOnConflict,
  unresolved,
} from './conflict-rows.ts';

export const gatesScreen: Screen = {
  id: 'gates',
  title: 'Gates',
  count: (view) =>
    view.state.index.gatesByState.get('waiting').size +
    view.state.index.gatesByState.get('vetoed').size +
    unresolved(view).length,
  rows: (view) => [
    ...conflictRows(view),
    ...gatesOf(view).map((gate) => ({ id: gate.id, text: gate.name, line: rowOf(gate, view) })),
  ],
  empty: ['No gate waits.', 'When a step is handed in that needs signatures, it stands here.'],
  detail: (view, id, width) => {
    const conflict = conflictOf(view, id);
    if (conflict) return conflictDetail(view, conflict, width);
    const gate = view.state.gates.get(id as GateId);
    return gate ? detailOf(gate, view, width) : [];
  },
  want: (view, id) => {
    const gate = view.state.gates.get(id as GateId);
    const shown = gate && shownOf(view, gate);
    return shown ? [{ kind: 'artifact', hash: shown.hash }] : [];
  },
  hints: (view, id) => {
    if (conflictOf(view, id)) return conflictHints(view);
    const gate = view.state.gates.get(id as GateId);
    const all: Hint = { key: 'A', does: view.showsAll ? 'only waiting' : 'also opened' };
    if (!gate) return [all];
    return [
      ...(maySign(view, gate) ? [{ key: 'a', does: 'approve' }] : []),
      ...(mayTurnDown(view, gate)
        ? [
            { key: 'c', does: gate.request ? 'reject' : 'request changes' },
            { key: 'v', does: 'veto' },
          ]
        : []),
      ...(mayRule(view, gate) ? [{ key: 'r', does: 'rule on the veto' }] : []),
      ...(mayRest(view, gate)
        ? [{ key: 's', does: asideOf(gate, view.self) ? 'take up again' : 'set aside' }]
        : []),
      { key: 'enter', does: 'read' },
      ...(evidence(view.state, gate).length > 1 ? [{ key: 'o', does: 'next file' }] : []),
      all,
    ];
  },
  press: (view, id, key) => {
    if (key === 'A') return { kind: 'show-all' };
    const conflict = conflictOf(view, id);
    if (conflict) return pressOnConflict(view, conflict, key);
    const gate = view.state.gates.get(id as GateId);
    if (gate && key === 'r') return mayRule(view, gate) ? ruleOn(view, gate) : cannotRule(gate);
    if (gate && key === 'o') return { kind: 'next-artifact' };
    if (gate && key === 's') return mayRest(view, gate) ? asideAct(gate, view.self) : cannot(gate);
    if (!gate || !['a', 'c', 'v'].includes(key)) return null;
    if (key === 'a') return maySign(view, gate) ? signForm(gate, 'approve') : cannot(gate);
    if (!mayTurnDown(view, gate)) return cannot(gate);
    return signForm(gate, key === 'c' ? 'request_changes' : 'veto');
  },
};

const cannot = (gate: Gate) => ({
  kind: 'notice' as const,
  text: `${gate.name} can not be signed by you now: no open slot is yours`,
});

/** What waits for this person, or would if they had not set it aside. */
const mayRest = ({ state, self }: View, gate: Gate): boolean =>
  asideOf(gate, self) !== undefined || needsMember(state, gate, self);

const mayRule = (view: View, gate: Gate): boolean => gate.state === 'vetoed' && mayArbitrate(view);

function ruleOn({ state }: View, gate: Gate): Act {
  const by = gate.refusal?.by ?? null;
  return arbitrateForm(gate, by === null ? 'The clock' : (state.members.get(by)?.name ?? by));
}

const cannotRule = (gate: Gate): Act => ({
  kind: 'notice',
  text:
    gate.state === 'vetoed'
      ? `Only a person who settles conflicts may rule on ${gate.name}`
      : `${gate.name} is not vetoed: there is nothing to rule on`,
});

const maySign = ({ state, self }: View, gate: Gate): boolean =>
  gate.state === 'waiting' &&
  askedSlots(state, gate).some(({ entitled }) => entitled.some(({ id }) => id === self));

function mayTurnDown({ state, self }: View, gate: Gate): boolean {
  const member = self === null ? undefined : state.members.get(self);
  return gate.state === 'waiting' && member !== undefined && isEntitledToAny(state, gate, member);
}

function gatesOf({ state, self, showsAll }: View): Gate[] {
  const of = (at: Gate['state']) =>
    [...state.index.gatesByState.get(at)].sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0));
  const waiting = of('waiting');
  return [
    ...waiting.filter((gate) => needsMember(state, gate, self)),
    ...of('vetoed'),
    ...waiting.filter((gate) => !needsMember(state, gate, self)),
    ...of('rejected'),
    ...(showsAll ? of('open').toReversed() : []),
  ];
}

const rowOf =
  (gate: Gate, { state, self, now }: View) =>
  (width: number): Line => {
    const slots = askedSlots(state, gate);
    const isYours = needsMember(state, gate, self);
    const filled = slots.filter(({ signOff }) => signOff !== null).length;
    const of = gatedEpic(state, gate)?.title ?? 'an approval';
    return columns(
      [
        markOf(gate.state),
        isYours ? piece('yours', 'needs you') : stateWord(gate.state),
        piece('strong', gate.name),
        piece('over', of),
        piece(filled === slots.length ? 'good' : 'waiting', `${filled}/${slots.length}`),
        piece('over', ago(gate.waitingSince, now)),
      ],
      [1, 9, Math.min(24, Math.floor(width / 3)), 0, 5, 6],
      width,
    );
  };

/** What is signed, by whichever task it came. */
function evidence(state: CompanyState, gate: Gate): (Artifact & { from: string })[] {
  if (gate.request) return gate.request.artifacts.map((artifact) => ({ ...artifact, from: gate.name }));
  const task = gatedTask(state, gate);
  const sources = gate.rule.position === 'after' ? [task] : task?.dependsOn.map((id) => state.tasks.get(id));
  return (sources ?? []).flatMap((source) =>
    (source?.submission?.artifacts ?? []).map((artifact) => ({ ...artifact, from: source?.title ?? '' })),
  );
}

/** The one whose content is shown. */
function shownOf({ state, nth }: View, gate: Gate): Artifact | undefined {
  const all = evidence(state, gate);
  return all[nth % Math.max(1, all.length)];
}

function slotLines(
  { roleId, signOff, entitled, review, askedOf }: AskedSlot,
  name: (id: Gate['authors'][number]) => string,
  width: number,
): Line[] {
  if (signOff) {
    const who = [piece('good', `✓ ${roleId} `), name(signOff.memberId), piece('over', ` (${signOff.kind})`)];
    return signOff.note === '' ? [who] : [who, ...prose(signOff.note, width, 'over', '  ')];
  }
  if (review?.lease) return [[piece('alive', `● ${roleId} `), `${name(review.lease.memberId)} reviews it`]];
  if (askedOf !== null) return [[piece('waiting', `○ ${roleId} `), `${name(askedOf)} is asked`]];
  const who = entitled.map((member) => member.name).join(', ');
  return [
    [
      piece('waiting', `○ ${roleId} `),
      who === '' ? piece('failed', 'nobody can') : piece('over', `${who} can`),
    ],
  ];
}

function detailOf(gate: Gate, view: View, width: number): Line[] {
  const { state, now, fetched } = view;
  const shown = shownOf(view, gate);
  const task = gatedTask(state, gate);
  const epic = gatedEpic(state, gate);
  const name = (id: Gate['authors'][number]) => state.members.get(id)?.name ?? id;
  const artifacts = evidence(state, gate);
  const waits = gate.state === 'waiting' && gate.deadline !== null;
  return [
    [piece('strong', gate.name), ' ', markOf(gate.state), ' ', stateWord(gate.state)],
    ...(epic ? fact('epic', epic.title, width) : []),
    ...(task ? fact(gate.rule.position, task.title, width) : []),
    ...(gate.authors.length > 0 ? fact('made by', gate.authors.map(name).join(', '), width) : []),
    ...(waits && gate.deadline !== null
      ? fact('time', `runs out ${until(gate.deadline, now)}`, width, 'waiting')
      : []),
    ...(gate.refusal
      ? fact(
          'refused',
          `${gate.refusal.by ? name(gate.refusal.by) : 'the clock'}: ${gate.refusal.note}`,
          width,
          'failed',
        )
      : []),
    ...gate.setAside.flatMap(({ memberId, reason, until: at }) =>
      fact('aside', `${name(memberId)} comes back to it ${until(at, now)}: ${reason}`, width, 'waiting'),
    ),
    heading('slots'),
    ...askedSlots(state, gate).flatMap((slot) => slotLines(slot, name, width)),
    ...(gate.rule.humanRequired ? [[piece('yours', 'A person must be among them.')]] : []),
    heading('what is signed'),
    ...artifacts.flatMap(({ path, bytes, hash, from }) =>
      fact('file', `${path} (${bytes} B, SHA-256 ${hash.slice(0, 16)}…) from “${from}”`, width),
    ),
    ...(artifacts.length === 0 ? [[piece('over', 'Nothing is handed in yet.')]] : []),
    ...(fetched.artifact && shown
      ? [
          [],
          [piece('accent', shown.path)],
          ...fetched.artifact.flatMap((line) => prose(line, width, 'plain', '│ ')),
        ]
      : []),
  ];
}
