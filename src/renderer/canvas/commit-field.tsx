/** A field of an inspector: what is typed counts when it is left or Enter is pressed, and Escape takes it back. */
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { Field } from '../design/field.tsx';

export interface CommitFieldProps {
  label: string;
  value: string;
  /** @returns why it is refused; null: it counts */
  onCommit: (text: string) => string | null;
  help?: string;
  placeholder?: string;
  isDisabled?: boolean;
  autoFocus?: boolean;
}

export function CommitField({ value, onCommit, ...field }: CommitFieldProps) {
  const [edited, setEdited] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // What changed elsewhere meanwhile is shown in place of what was not committed.
  const text = edited?.of === value ? edited.text : value;
  const commit = () => {
    if (text === value) return setRefusal(null);
    const refused = onCommit(text);
    setRefusal(refused);
    if (refused === null) setEdited(null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key !== 'Escape') return;
    setEdited(null);
    setRefusal(null);
  };
  return (
    <Field
      {...field}
      value={text}
      error={refusal}
      onChange={(next) => setEdited({ of: value, text: next })}
      onBlur={commit}
      onKeyDown={press}
    />
  );
}
