/** Asks once, with the reason, before something is taken away. */
import type { CommandInput } from '../../core/command.ts';
import { newForm, textField } from '../model/form.ts';
import type { Act } from '../model/screen.ts';
import type { Line } from '../text/line.ts';

interface Wish {
  readonly title: string;
  /** What will happen, named. */
  readonly about: readonly Line[];
  readonly verb: string;
  readonly done: string;
  readonly isDanger?: boolean;
  readonly command: (reason: string) => CommandInput;
}

export const reasonForm = ({ title, about, verb, done, isDanger = true, command }: Wish): Act => ({
  kind: 'form',
  form: newForm({
    title,
    about,
    verb,
    isDanger,
    fields: [
      textField('reason', 'Reason', {
        hint: 'why; it goes on record, and whoever waits reads it',
        isLong: true,
      }),
    ],
  }),
  submit: ({ reason = '' }) => ({ kind: 'command', command: command(reason), done }),
});
