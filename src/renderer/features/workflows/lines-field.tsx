/** A list of texts, one in each line; what is typed counts when the field is left. */
import { useState } from 'react';
import { Field } from '../../design/field.tsx';

export interface LinesFieldProps {
  label: string;
  help: string;
  lines: readonly string[];
  /** @returns why it is refused; null: it counts */
  onCommit: (lines: readonly string[]) => string | null;
}

export function LinesField({ label, help, lines, onCommit }: LinesFieldProps) {
  const value = lines.join('\n');
  const [edited, setEdited] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const text = edited?.of === value ? edited.text : value;
  const commit = () => {
    if (text === value) return setRefusal(null);
    const next = text.split('\n').map((line) => line.trim());
    const refused = onCommit(next.filter((line) => line !== ''));
    setRefusal(refused);
    if (refused === null) setEdited(null);
  };
  return (
    <Field
      label={label}
      help={help}
      lines={Math.max(2, lines.length + 1)}
      value={text}
      error={refusal}
      onChange={(next) => setEdited({ of: value, text: next })}
      onBlur={commit}
    />
  );
}
