/** A form at the terminal: fields that are typed or chosen, one of them under the cursor. Pure. */
import type { Line } from '../text/line.ts';
import type { EditedText } from './edit-text.ts';
import { editText, lettersOf } from './edit-text.ts';
import type { Key } from './key.ts';

export interface TextField extends EditedText {
  readonly kind: 'text';
  readonly name: string;
  readonly label: string;
  /** What to write, while there is nothing. */
  readonly hint: string;
  readonly required: boolean;
}

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  /** What stands against it: shown below while it is chosen. */
  readonly warning?: string;
}

export interface ChoiceField {
  readonly kind: 'choice';
  readonly name: string;
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  /** Place in the options. */
  readonly at: number;
}

export type Field = TextField | ChoiceField;

export interface Form {
  readonly title: string;
  /** What it does and to what, before the fields. */
  readonly about: readonly Line[];
  readonly fields: readonly Field[];
  readonly at: number;
  /** What the button says: a verb. */
  readonly verb: string;
  /** It takes something away. */
  readonly isDanger: boolean;
  readonly error: string | null;
  /** Sent, and not yet answered. */
  readonly isPending: boolean;
}

export type Values = Readonly<Record<string, string>>;

export const textField = (
  name: string,
  label: string,
  options: {
    readonly hint?: string;
    readonly required?: boolean;
    readonly value?: string;
    readonly isLong?: boolean;
  } = {},
): TextField => ({
  kind: 'text',
  name,
  label,
  value: options.value ?? '',
  cursor: lettersOf(options.value ?? '').length,
  isLong: options.isLong ?? false,
  hint: options.hint ?? '',
  required: options.required ?? true,
});

export const choiceField = (
  name: string,
  label: string,
  options: ChoiceField['options'],
  value?: string,
): ChoiceField => ({
  kind: 'choice',
  name,
  label,
  options,
  at: Math.max(
    0,
    options.findIndex((option) => option.value === value),
  ),
});

export const newForm = (
  wish: Pick<Form, 'title' | 'fields' | 'verb'> & Partial<Pick<Form, 'about' | 'isDanger'>>,
): Form => ({ about: [], isDanger: false, at: 0, error: null, isPending: false, ...wish });

export function valuesOf({ fields }: Pick<Form, 'fields'>): Values {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.kind === 'text' ? field.value.trim() : (field.options[field.at]?.value ?? ''),
    ]),
  );
}

/** The first field that is required and empty. */
export function missing({ fields }: Pick<Form, 'fields'>): number {
  return fields.findIndex((field) => field.kind === 'text' && field.required && field.value.trim() === '');
}

export type FormOutcome =
  | { readonly kind: 'edit'; readonly form: Form }
  | { readonly kind: 'cancel' | 'submit' };

export function pressInForm(form: Form, pressed: Key): FormOutcome {
  const here = form.fields[form.at];
  const key = pressed === 'ctrl+j' ? (here?.kind === 'text' && here.isLong ? 'alt+enter' : 'enter') : pressed;
  if (key === 'esc') return { kind: 'cancel' };
  if (form.isPending) return edited(form);
  const last = form.fields.length - 1;
  if (key === 'ctrl+s' || (key === 'enter' && form.at >= last)) {
    const empty = missing(form);
    if (empty < 0) return { kind: 'submit' };
    const { label } = form.fields[empty] as TextField;
    return edited({ ...form, at: empty, error: `${label} is needed` });
  }
  if (key === 'enter' || key === 'tab' || key === 'down') {
    return edited({ ...form, at: form.at >= last ? 0 : form.at + 1 });
  }
  if (key === 'backtab' || key === 'up') return edited({ ...form, at: form.at === 0 ? last : form.at - 1 });
  if (!here) return edited(form);
  const changed = here.kind === 'text' ? editText(here, key) : chosen(here, key);
  return edited({
    ...form,
    error: null,
    fields: form.fields.map((each, i) => (i === form.at ? changed : each)),
  });
}

const edited = (form: Form): FormOutcome => ({ kind: 'edit', form });

function chosen(field: ChoiceField, key: Key): ChoiceField {
  const { length } = field.options;
  if (length === 0) return field;
  if (key === 'right' || key === ' ' || key === 'l') return { ...field, at: (field.at + 1) % length };
  if (key === 'left' || key === 'h') return { ...field, at: (field.at + length - 1) % length };
  // The first letter goes to the next option that begins with it.
  const wanted = key.toLowerCase();
  const after = field.options.findIndex(
    ({ label }, i) => i > field.at && label.toLowerCase().startsWith(wanted),
  );
  const any = field.options.findIndex(({ label }) => label.toLowerCase().startsWith(wanted));
  const at = key.length === 1 ? (after >= 0 ? after : any) : -1;
  return at >= 0 ? { ...field, at } : field;
}
