/** Makes a channel: what carries it, what it is called, and its settings. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { PluginView } from '../../../contract/channels.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { faultsIn, formValues, settingsIn } from './form-values.ts';
import { SettingFields } from './settings-form.tsx';
import { strings } from './strings.ts';
import { useChannelAct, usePlugins } from './use-channels.ts';

export function NewChannel({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { data } = usePlugins();
  return (
    <Dialog title={strings.addTitle} closeLabel={strings.cancel} isOpen={isOpen} onClose={onClose}>
      {data && <NewChannelForm plugins={data.plugins} refused={data.refused} onClose={onClose} />}
    </Dialog>
  );
}

interface FormProps {
  plugins: readonly PluginView[];
  refused: readonly string[];
  onClose: () => void;
}

function NewChannelForm({ plugins, refused, onClose }: FormProps) {
  const [plugin, setPlugin] = useState(plugins[0]?.manifest.id ?? '');
  const [name, setName] = useState(plugin);
  const schema = plugins.find(({ manifest }) => manifest.id === plugin)?.manifest.configSchema;
  const [values, setValues] = useState(() => (schema ? formValues(schema, {}) : {}));
  const [, navigate] = useLocation();
  const { run, pending, refusal } = useChannelAct();
  const faults = faultsIn(refusal);
  const choose = (id: string) => {
    setName((before) => (before === plugin ? id : before));
    setPlugin(id);
    const chosen = plugins.find(({ manifest }) => manifest.id === id)?.manifest.configSchema;
    setValues(chosen ? formValues(chosen, {}) : {});
  };
  const create = async () => {
    const settings = schema ? settingsIn(schema, values) : {};
    if (!(await run((host) => host.setChannel({ name, plugin, settings })))) return;
    onClose();
    navigate(`/channels/${name}`);
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <p className="text-muted">{strings.addMore}</p>
      <Select
        label={strings.carriedBy}
        options={plugins.map(({ manifest: { id, displayName } }) => ({ value: id, label: displayName }))}
        value={plugin}
        onChange={choose}
      />
      <Field label={strings.name} value={name} onChange={setName} help={strings.nameHelp} isRequired />
      {schema && (
        <SettingFields
          schema={schema}
          secrets={[]}
          values={values}
          faults={faults}
          onChange={(field, value) => setValues((before) => ({ ...before, [field]: value }))}
        />
      )}
      {refusal && faults.size === 0 && <Notice tone="failure">{refusal.message}</Notice>}
      {refused.length > 0 && (
        <Notice tone="waiting" title={strings.refusedPlugins}>
          {refused.join(' ')}
        </Notice>
      )}
      <DialogActs leave={strings.cancel} onLeave={onClose}>
        <Button type="submit" look="primary" isPending={pending}>
          {strings.create}
        </Button>
      </DialogActs>
    </form>
  );
}
