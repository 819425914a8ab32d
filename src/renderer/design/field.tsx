/** A labelled text field of one or many lines, with its help and its refusal under it. */
import type { Ref } from 'react';
import type { TextFieldProps } from 'react-aria-components';
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components';

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  help?: string;
  /** Why it is refused; marks the field invalid. */
  error?: string | null;
  placeholder?: string;
  /** More than one gives a text area. */
  lines?: number;
  inputRef?: Ref<HTMLTextAreaElement>;
}

const box =
  'w-full rounded-md border border-line-strong bg-field px-2.5 text-ink placeholder:text-faint transition-colors duration-150 data-invalid:border-failure data-hovered:border-muted';

export function Field({ label, help, error = null, placeholder, lines = 1, inputRef, ...props }: FieldProps) {
  const hint = placeholder === undefined ? {} : { placeholder };
  return (
    <TextField
      {...props}
      isInvalid={error !== null}
      validationBehavior="aria"
      className="flex flex-col gap-1"
    >
      <Label className="font-medium text-muted text-xs">{label}</Label>
      {lines > 1 ? (
        <TextArea
          {...(inputRef && { ref: inputRef })}
          rows={lines}
          {...hint}
          className={`${box} resize-y py-1.5`}
        />
      ) : (
        <Input {...hint} className={`${box} h-8 text-ellipsis`} />
      )}
      {help !== undefined && error === null && (
        <Text slot="description" className="text-faint text-xs">
          {help}
        </Text>
      )}
      <FieldError className="text-failure text-xs">{error}</FieldError>
    </TextField>
  );
}
