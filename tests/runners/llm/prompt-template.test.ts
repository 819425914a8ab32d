/** The texts of prompts: what is wrong in one is told with its line, and what stands in a value is never read as a tag. */
import { describe, expect, it } from 'vitest';
import type { PromptValues } from '../../../src/runners/llm/prompt-template.ts';
import { checkPrompt, fillPrompt, promptNames } from '../../../src/runners/llm/prompt-template.ts';

const values = (some: Partial<PromptValues>) =>
  ({ ...Object.fromEntries(promptNames.map((name) => [name, ''])), ...some }) as PromptValues;

describe('a text', () => {
  it.each([
    ['an unknown name', 'a\n{{taks}} {{task}}', /x\.md:2: there is no `taks`: did you mean `task`\?/],
    ['a section that stays open', '{{task}}\n{{#epic}}', /x\.md:2: {{#epic}} is never closed/],
    [
      'an end without a beginning',
      '{{task}}\n\n{{/epic}}',
      /x\.md:3: {{\/epic}} closes nothing: no section is open/,
    ],
    ['braces that are left over', '{{task}} {{', /x\.md:1: braces are left over/],
    ['no task', 'Do something.', /x\.md:1: {{task}} is missing/],
  ])('with %s is refused', (_what, text, words) => {
    expect(() => checkPrompt(text, 'x.md', 'task')).toThrow(words);
  });

  it('shows a section only with a value, and nested ones with both', () => {
    const text = 'Hi {{member}}\n{{#epic}}\nE {{epic}}\n{{#notes}}\nN {{notes}}\n{{/notes}}\n{{/epic}}\nend';
    expect(fillPrompt(text, values({ member: 'ada', notes: 'n' }))).toBe('Hi ada\nend\n');
    expect(fillPrompt(text, values({ member: 'ada', epic: 'e' }))).toBe('Hi ada\nE e\nend\n');
  });

  it('takes values as they are', () => {
    const hostile = '{{#epic}} {{member}} $& {{/task}}';
    expect(fillPrompt('{{task}}', values({ task: hostile, member: 'ada' }))).toBe(`${hostile}\n`);
  });
});
