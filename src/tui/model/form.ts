/** A form at the terminal: fields that are typed or chosen, one of them under the cursor. Pure. */
import { withoutControls } from '../../cli/output/plain-text.ts';
import type { Line } from '../text/line.ts';
import type { Key } from './key.ts';
import { isTyped } from './key.ts';

export interface TextField {
  readonly kind: 'text';
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** What to write, while there is nothing. */
  readonly hint: string;
  readonly required: boolean;
}

export interface ChoiceField {
  readonly kind: 'choice';
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
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
  options: { readonly hint?: string; readonly required?: boolean; readonly value?: string } = {},
): TextField => ({
  kind: 'text',
  name,
  label,
  value: options.value ?? '',
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

export function pressInForm(form: Form, key: Key): FormOutcome {
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
  const field = form.fields[form.at];
  if (!field) return edited(form);
  const changed = field.kind === 'text' ? typed(field, key) : chosen(field, key);
  return edited({
    ...form,
    error: null,
    fields: form.fields.map((each, i) => (i === form.at ? changed : each)),
  });
}

const edited = (form: Form): FormOutcome => ({ kind: 'edit', form });

const segmenter = new Intl.Segmenter();
const longest = 20_000;

function typed(field: TextField, key: Key): TextField {
  if (key === 'backspace' || key === 'delete') {
    const letters = [...segmenter.segment(field.value)].slice(0, -1);
    return { ...field, value: letters.map(({ segment }) => segment).join('') };
  }
  if (key === 'ctrl+u') return { ...field, value: '' };
  if (!isTyped(key)) return field;
  // What is pasted may hold anything.
  return {
    ...field,
    value: (field.value + withoutControls(key.replaceAll(/[\r\n\t]+/g, ' '))).slice(0, longest),
  };
}

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
