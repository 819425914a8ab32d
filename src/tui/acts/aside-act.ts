/** A gate that one does not want to be reminded of for a while, and its coming back. */
import type { Gate } from '../../core/gate/gate.ts';
import type { MemberId } from '../../core/ids.ts';
import { minutes } from '../../core/units.ts';
import { choiceField, newForm, textField } from '../model/form.ts';
import type { Act } from '../model/screen.ts';
import { piece } from '../text/line.ts';

/** In minutes. */
const lengths = [
  ['60', 'an hour'],
  ['240', 'four hours'],
  ['1440', 'a day'],
  ['10080', 'a week'],
] as const;

export const asideOf = ({ setAside }: Gate, self: MemberId | null) =>
  setAside.find(({ memberId }) => memberId === self);

/** Sets it aside, or takes it up again when it is. */
export function asideAct(gate: Gate, self: MemberId | null): Act {
  if (asideOf(gate, self)) {
    return {
      ...{ kind: 'command', command: { type: 'gate.take_up', gateId: gate.id } },
      done: `${gate.name} waits for you again`,
    };
  }
  return {
    kind: 'form',
    form: newForm({
      title: `Set ${gate.name} aside`,
      about: [[piece('over', 'It goes on waiting, and its deadline stands; you are not reminded of it.')]],
      verb: 'set it aside',
      fields: [
        choiceField(
          'lasting',
          'For',
          lengths.map(([value, label]) => ({ value, label })),
        ),
        textField('reason', 'Reason', { hint: 'why: the others see it', isLong: true }),
      ],
    }),
    submit: ({ lasting, reason = '' }) => ({
      ...{ kind: 'command', done: `${gate.name} is set aside` },
      command: { type: 'gate.set_aside', gateId: gate.id, lasting: minutes(Number(lasting)), reason },
    }),
  };
}
