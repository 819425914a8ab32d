/** The ruling on a vetoed gate: it waits for sign-offs again, or the work goes back. */
import type { Gate } from '../../core/gate/gate.ts';
import { choiceField, newForm, textField } from '../model/form.ts';
import type { Act } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { piece } from '../text/line.ts';

/** @param vetoedBy what people call whoever vetoed it */
export function arbitrateForm(gate: Gate, vetoedBy: string): Act {
  const about: Line[] = [
    [piece('failed', `${vetoedBy} vetoed it: `), gate.refusal?.note ?? ''],
    [piece('over', 'Your ruling lifts the veto; the note goes on record.')],
  ];
  return {
    kind: 'form',
    form: newForm({
      title: `Rule on ${gate.name}`,
      about,
      verb: 'rule',
      fields: [
        choiceField('ruling', 'Ruling', [
          { value: 'resume', label: 'wait for sign-offs again' },
          { value: 'rework', label: gate.request ? 'reject it' : 'send the work back' },
        ]),
        textField('note', 'Note', { hint: 'why you rule so', isLong: true }),
      ],
    }),
    submit: ({ ruling, note = '' }) => ({
      kind: 'command',
      command: {
        type: 'gate.arbitrate',
        gateId: gate.id,
        ruling: ruling === 'rework' ? 'rework' : 'resume',
        note,
      },
      done:
        ruling === 'rework' ? `${gate.name}: the work goes back` : `${gate.name} waits for sign-offs again`,
    }),
  };
}
