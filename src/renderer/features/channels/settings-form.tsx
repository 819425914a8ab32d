/** The settings of a channel, as its plugin describes them. */
import { useState } from 'react';
import type { ChannelView } from '../../../contract/channels.ts';
import type { Setting, SettingsSchema } from '../../../contract/plugin/settings-schema.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { toast } from '../../design/toast.tsx';
import type { FormValues } from './form-values.ts';
import { faultsIn, formValues, isSecretSetting, settingsIn } from './form-values.ts';
import { strings } from './strings.ts';
import { useChannelAct } from './use-channels.ts';

export function SettingsForm({ channel, schema }: { channel: ChannelView; schema: SettingsSchema }) {
  const [values, setValues] = useState(() => formValues(schema, channel.settings));
  const { run, pending, refusal } = useChannelAct();
  const faults = faultsIn(refusal);
  if (Object.keys(schema.properties).length === 0) return <p className="text-muted">{strings.noSettings}</p>;
  const save = async () => {
    const settings = settingsIn(schema, values);
    if (await run((host) => host.setChannel({ name: channel.name, settings }))) toast('alive', strings.saved);
  };
  const others = [...faults.keys()].filter((name) => !Object.hasOwn(schema.properties, name));
  return (
    <form
      className="flex max-w-xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SettingFields
        schema={schema}
        secrets={channel.secrets}
        values={values}
        faults={faults}
        onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
      />
      {refusal && (faults.size === 0 || others.length > 0) && (
        <Notice tone="failure">{refusal.message}</Notice>
      )}
      <div>
        <Button type="submit" look="primary" isPending={pending}>
          {strings.save}
        </Button>
      </div>
    </form>
  );
}

interface SettingFieldsProps {
  schema: SettingsSchema;
  /** Those that are there already. */
  secrets: readonly string[];
  values: FormValues;
  faults: ReadonlyMap<string, string>;
  onChange: (name: string, value: string) => void;
}

export function SettingFields({ schema, secrets, values, faults, onChange }: SettingFieldsProps) {
  return Object.entries(schema.properties).map(([name, setting]) => (
    <SettingField
      key={name}
      name={name}
      setting={setting}
      isNeeded={schema.required.includes(name)}
      isKept={secrets.includes(name)}
      value={values[name] ?? ''}
      error={faults.get(name) ?? null}
      onChange={(value) => onChange(name, value)}
    />
  ));
}

interface SettingFieldProps {
  name: string;
  setting: Setting;
  isNeeded: boolean;
  /** A secret that is there already. */
  isKept: boolean;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

function SettingField({ name, setting, isNeeded, isKept, value, error, onChange }: SettingFieldProps) {
  const label = setting.title ?? name;
  const choices = choicesOf(setting);
  if (choices) {
    return (
      <div className="flex flex-col gap-1">
        <Select
          label={label}
          options={choices.map((choice) => ({ value: choice, label: choiceLabel(setting, choice) }))}
          value={value}
          onChange={onChange}
        />
        {setting.description && <p className="text-faint text-xs">{setting.description}</p>}
        {error !== null && <p className="text-failure text-xs">{error}</p>}
      </div>
    );
  }
  const isSecret = isSecretSetting(setting);
  const help = [setting.description, helpOf(setting, isKept)].filter(Boolean).join(' ');
  const [example] = setting.type === 'string' ? (setting.examples ?? []) : [];
  return (
    <Field
      label={label}
      value={value}
      onChange={onChange}
      error={error}
      lines={linesOf(setting)}
      isRequired={isNeeded && !isKept}
      type={isSecret ? 'password' : 'text'}
      autoComplete="off"
      {...(help !== '' && { help })}
      {...(example !== undefined && { placeholder: example })}
    />
  );
}

function choicesOf(setting: Setting): readonly string[] | null {
  if (setting.type === 'boolean') return ['true', 'false'];
  return setting.type === 'string' ? (setting.enum ?? null) : null;
}

function choiceLabel({ type }: Setting, choice: string): string {
  if (type !== 'boolean') return choice;
  return choice === 'true' ? strings.yes : strings.no;
}

function linesOf(setting: Setting): number {
  if (setting.type === 'array') return 3;
  return setting.type === 'string' && setting.format === 'multiline' ? 4 : 1;
}

function helpOf(setting: Setting, isKept: boolean): string {
  if (isSecretSetting(setting)) return isKept ? strings.kept : strings.secret;
  if (setting.type === 'array') return strings.onePerLine;
  return setting.type === 'string' && setting.format === 'folder' ? strings.folder : '';
}
