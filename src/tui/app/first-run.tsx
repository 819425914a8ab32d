/** The first run: how the company is staffed, then what it is called. Its first epic is asked for by the dashboard. */
import { useApp } from 'ink';
import { useEffect, useRef, useState } from 'react';
import { CoordError } from '../../core/error.ts';
import type { Connection } from '../../rpc/client-company.ts';
import { formLines } from '../frame/form-lines.ts';
import type { Form } from '../model/form.ts';
import { newForm, pressInForm, textField, valuesOf } from '../model/form.ts';
import type { Line } from '../text/line.ts';
import { padLine, paintLine, piece } from '../text/line.ts';
import { Lines } from './lines.tsx';
import { Pick } from './pick.tsx';
import type { TerminalSettings } from './settings.ts';
import type { CompanyChoice } from './template-options.ts';
import { companyChoices, optionOf } from './template-options.ts';
import { useKeys } from './use-keys.ts';
import { blockLetters } from './welcome-lines.ts';

interface FirstRunProps {
  readonly connection: Connection;
  readonly settings: TerminalSettings;
  readonly width: number;
  readonly height: number;
  readonly onCreate: () => void;
}

export function FirstRun({ connection, settings, width, height, onCreate }: FirstRunProps) {
  const [templates, setTemplates] = useState<readonly CompanyChoice[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [form, setForm] = useState<Form | null>(null);
  const [template, setTemplate] = useState('');
  useEffect(() => {
    connection.coordination.templates().then(
      (builtIn) => setTemplates(companyChoices(builtIn)),
      (error: unknown) => setFailure(inWords(error)),
    );
  }, [connection]);

  const create = async (filled: Form) => {
    setForm({ ...filled, isPending: true, error: null });
    try {
      // The company is on the screen before the answer is here.
      onCreate();
      await connection.createCompany({ template }, valuesOf(filled)['name'] || usualName);
    } catch (error) {
      setForm({ ...filled, isPending: false, error: inWords(error) });
    }
  };
  if (form) {
    const edit = { form, onEdit: setForm, onSubmit: create, onCancel: () => setForm(null) };
    return <NameForm {...edit} settings={settings} width={width} height={height} />;
  }
  if (!templates) {
    const words = failure ?? 'Reading the templates …';
    return <Lines lines={[settings.ink.paint(failure ? 'failed' : 'over', words)]} />;
  }
  return (
    <Pick
      title="1 of 3 · How is your company staffed?"
      options={templates.map((one) => optionOf(one, width))}
      onPick={(name) => {
        setTemplate(name);
        setForm(nameForm(name));
      }}
      settings={settings}
      width={width}
      height={height}
    />
  );
}

const inWords = (error: unknown): string => (error instanceof CoordError ? error.message : String(error));

/** Of a company that nobody has named. */
const usualName = 'Acme';

const nameForm = (template: string): Form =>
  newForm({
    title: '2 of 3 · What is it called?',
    about: [[piece('over', `staffed as ${template}; all of it can be changed later`)]],
    verb: 'create it',
    fields: [textField('name', 'Name', { hint: `${usualName}, unless you write another`, required: false })],
  });

interface NameFormProps {
  readonly form: Form;
  readonly onEdit: (form: Form) => void;
  readonly onSubmit: (form: Form) => Promise<void>;
  readonly onCancel: () => void;
  readonly settings: TerminalSettings;
  readonly width: number;
  readonly height: number;
}

function NameForm({ form, onEdit, onSubmit, onCancel, settings, width, height }: NameFormProps) {
  const { exit } = useApp();
  const latest = useRef(form);
  latest.current = form;
  useKeys((key) => {
    if (key === 'ctrl+c') return exit();
    const outcome = pressInForm(latest.current, key);
    if (outcome.kind === 'edit') {
      latest.current = outcome.form;
      return onEdit(outcome.form);
    }
    if (outcome.kind === 'cancel') return onCancel();
    void onSubmit(latest.current);
  });
  const banner: Line[] = height >= 20 ? [...blockLetters, []] : [];
  const lines: Line[] = [...banner, ...formLines(form, width, height - banner.length)];
  return (
    <Lines lines={lines.slice(0, height).map((line) => paintLine(padLine(line, width), settings.ink))} />
  );
}
