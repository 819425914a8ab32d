/** The first run: how the company is staffed, then what it is called. Its first epic is asked for by the dashboard. */
import { useApp } from 'ink';
import { useEffect, useRef, useState } from 'react';
import type { BuiltInTemplates } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { Connection } from '../../rpc/client-company.ts';
import { formLines } from '../frame/form-lines.ts';
import type { Form } from '../model/form.ts';
import { newForm, pressInForm, textField, valuesOf } from '../model/form.ts';
import type { Line } from '../text/line.ts';
import { padLine, paintLine, piece } from '../text/line.ts';
import { prose } from '../text/prose.ts';
import { Lines } from './lines.tsx';
import type { Option } from './pick.tsx';
import { Pick } from './pick.tsx';
import type { TerminalSettings } from './settings.ts';
import { useKeys } from './use-keys.ts';
import { blockLetters } from './welcome-lines.ts';

interface FirstRunProps {
  readonly connection: Connection;
  readonly settings: TerminalSettings;
  readonly width: number;
  readonly height: number;
  readonly onCreate: () => void;
}

type Template = BuiltInTemplates['companies'][number];

export function FirstRun({ connection, settings, width, height, onCreate }: FirstRunProps) {
  const [templates, setTemplates] = useState<readonly Template[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [form, setForm] = useState<Form | null>(null);
  const [template, setTemplate] = useState('');
  useEffect(() => {
    connection.coordination.templates().then(
      ({ companies }) => setTemplates(companies.filter(hasMembers)),
      (error: unknown) => setFailure(inWords(error)),
    );
  }, [connection]);

  const create = async (filled: Form) => {
    setForm({ ...filled, isPending: true, error: null });
    try {
      // The company is on the screen before the answer is here.
      onCreate();
      await connection.createCompany({ template }, valuesOf(filled)['name'] ?? '');
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

const nameForm = (template: string): Form =>
  newForm({
    title: '2 of 3 · What is it called?',
    about: [[piece('over', `staffed as ${template}; all of it can be changed later`)]],
    verb: 'create it',
    fields: [textField('name', 'Name', { value: 'Acme' })],
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

type Team = NonNullable<NonNullable<Template['departments']>[number]['teams']>[number];

const teamsOf = ({ departments = [] }: Template): readonly Team[] =>
  departments.flatMap(({ teams = [] }) => teams);

const membersOf = (template: Template) => teamsOf(template).flatMap(({ members = [] }) => members);

const hasMembers = (template: Template): boolean => membersOf(template).length > 0;

function optionOf(template: Template, width: number): Option {
  const { name, departments = [], workflows = [] } = template;
  const count = membersOf(template).length;
  const runs = workflows.map((workflow) => (typeof workflow === 'string' ? workflow : workflow.name));
  return {
    id: template.template ?? name,
    line: [
      piece('strong', name.padEnd(14)),
      piece('over', `${count} agents in ${departments.length} departments, and you as the owner`),
    ],
    detail: [
      ...prose(
        `It runs ${runs.length === 0 ? 'the workflows that you give it' : runs.join(', ')}.`,
        width,
        'alive',
      ),
      ...departments.flatMap((department) => {
        const members = (department.teams ?? []).flatMap((team) => team.members ?? []);
        const words = `${department.name}: ${members.map((member) => `${member.name} (${member.role})`).join(', ')}`;
        return prose(words, width, 'over');
      }),
    ],
  };
}
