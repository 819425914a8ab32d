/** Puts a document together: its head, its sections, what it builds on and what it answers. */
import type { Facts } from './facts.ts';
import { headingsOf } from './facts.ts';

export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** Every document names its task, its inputs with their hashes, and each note of a review that it answers. */
export function markdown(title: string, facts: Facts, sections: readonly Section[]): string {
  const { task, member } = facts.brief;
  const role = task.roleId ?? member.roleIds.join(', ');
  const head = [`# ${title}: ${facts.subject}`, '', `${task.title}, by ${member.name} (${role}).`];
  const all = [...sections, ...builtOn(facts), ...answers(facts)];
  const body = all.flatMap(({ heading, lines }) => ['', `## ${heading}`, '', ...lines]);
  return `${[...head, ...body].join('\n')}\n`;
}

export function bullets(items: readonly string[]): string[] {
  return items.map((item) => `- ${item}`);
}

export function numbered(items: readonly string[]): string[] {
  return items.map((item, place) => `${place + 1}. ${item}`);
}

export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** One line per note: what was asked, and what was done about it. */
export function answerLines({ notes }: Facts): string[] {
  return notes.map(
    ({ gate, note }) => `${gate} asked: "${oneLine(note)}". Done: worked in, and checked again.`,
  );
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function builtOn({ inputs }: Facts): Section[] {
  if (inputs.length === 0) return [];
  const lines = inputs.map(({ title, artifact, text }) => {
    const headings = headingsOf(text).slice(1, 4);
    const about = headings.length > 0 ? `; it covers ${headings.join(', ')}` : '';
    return `${title}: \`${artifact.path}\` (${artifact.bytes} bytes, SHA-256 \`${artifact.hash}\`)${about}`;
  });
  return [{ heading: 'Built on', lines: bullets(lines) }];
}

function answers(facts: Facts): Section[] {
  if (facts.notes.length === 0) return [];
  return [{ heading: 'Answers to the reviews', lines: numbered(answerLines(facts)) }];
}

function cell(text: string): string {
  return oneLine(text).replaceAll('|', '\\|');
}
