/** The text that a prompt is made of: `{{name}}` stands for a value, `{{#name}}` … `{{/name}}` is there only with one. */
import { CoordError } from '../../core/error.ts';
import { suggestion } from '../../core/nearest-name.ts';

/** What a text may speak of. */
export const promptNames = [
  'attempts',
  'capabilities',
  'command_place',
  'commands',
  'company',
  'epic',
  'inputs',
  'member',
  'notes',
  'parts',
  'questions',
  'review',
  'review_role',
  'roles',
  'task',
] as const;
export type PromptName = (typeof promptNames)[number];
export type PromptValues = Readonly<Record<PromptName, string>>;

/** What each text must speak of, so that an agent knows what to do. */
const required: Readonly<Record<'task' | 'review', PromptName>> = { task: 'task', review: 'review' };

interface Fault {
  readonly line: number;
  readonly words: string;
}

const tag = /\{\{\s*([#/]?)\s*([^{}]*?)\s*\}\}/g;

/** @throws CoordError `FILE_INVALID` - with the line of each fault */
export function checkPrompt(text: string, file: string, kind: 'task' | 'review'): void {
  const faults: Fault[] = [];
  const open: { readonly name: string; readonly line: number }[] = [];
  const used = new Set<string>();
  for (const [index, content] of text.split('\n').entries()) {
    const line = index + 1;
    for (const [, mark = '', name = ''] of content.matchAll(tag)) {
      if (!promptNames.some((known) => known === name)) {
        faults.push({ line, words: `there is no \`${name}\`: ${suggestion(name, promptNames)}` });
      } else if (mark === '#') open.push({ name, line });
      else if (mark === '') used.add(name);
      else if (open.at(-1)?.name === name) open.pop();
      else faults.push({ line, words: `{{/${name}}} closes nothing: ${openWords(open.at(-1)?.name)}` });
    }
    if (/\{\{|\}\}/.test(content.replace(tag, ''))) {
      faults.push({
        line,
        words: 'braces are left over: write {{name}}, {{#name}} or {{/name}} on one line',
      });
    }
  }
  for (const { name, line } of open)
    faults.push({ line, words: `{{#${name}}} is never closed: add {{/${name}}}` });
  if (!used.has(required[kind]))
    faults.push({ line: 1, words: `{{${required[kind]}}} is missing: the agent would not know what to do` });
  if (faults.length === 0) return;
  faults.sort((a, b) => a.line - b.line);
  throw new CoordError(
    'FILE_INVALID',
    faults.map(({ line, words }) => `${file}:${line}: ${words}`).join('\n'),
    { file },
  );
}

/** @param text one that was checked */
export function fillPrompt(text: string, values: PromptValues): string {
  const shown: string[] = [];
  const hidden: string[] = [];
  for (const line of text.split('\n')) {
    const [, mark, name = ''] = /^\s*\{\{\s*([#/])\s*(\w+)\s*\}\}\s*$/.exec(line) ?? [];
    if (mark === '#' && (hidden.length > 0 || valueNamed(values, name) === '')) hidden.push(name);
    else if (mark === '/' && hidden.at(-1) === name) hidden.pop();
    else if (mark === undefined && hidden.length === 0) shown.push(fillLine(line, values));
  }
  return `${shown.join('\n').trim()}\n`;
}

/** A section may also begin and end within its line. What a value holds is never read as a tag. */
function fillLine(line: string, values: PromptValues): string {
  const whole = line.replace(
    /\{\{\s*#\s*(\w+)\s*\}\}(.*?)\{\{\s*\/\s*\1\s*\}\}/g,
    (_all, name: string, inner: string) => (valueNamed(values, name) === '' ? '' : inner),
  );
  return whole.replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, name: string) => valueNamed(values, name));
}

function valueNamed(values: PromptValues, name: string): string {
  return Object.hasOwn(values, name) ? values[name as PromptName] : '';
}

function openWords(name: string | undefined): string {
  return name === undefined ? 'no section is open' : `{{#${name}}} is open`;
}
