/** Every code of an error is explained in errors.md, and nothing else is. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CoordError, errorCodes } from '../../src/core/error.ts';

const text = await readFile(path.join(import.meta.dirname, '../../errors.md'), 'utf8');
const sections = text.split(/^## /m).slice(1);

it('explains each code once, in the order of the list', () => {
  expect(sections.map((section) => section.split('\n')[0])).toEqual([...errorCodes]);
});

it.each(sections.map((section) => [section.split('\n')[0], section]))(
  'says of %s what it means, where it comes from and what to do',
  (_code, section) => {
    const [meaning = '', causeAndRemedy = ''] = section.split('\n').slice(2).join('\n').split('\n\n');
    expect(meaning.length).toBeGreaterThan(20);
    expect(causeAndRemedy).toMatch(/^- \*\*Likely cause:\*\* .{10,}\n- \*\*What to do:\*\* .{5,}/);
  },
);

it('crosses a process line whole', () => {
  const { code, message, details } = CoordError.fromJSON(
    new CoordError('NOT_FOUND', 'There is no epic', { id: 'epic_1' }).toJSON(),
  );
  expect({ code, message, details }).toEqual({
    code: 'NOT_FOUND',
    message: 'There is no epic',
    details: { id: 'epic_1' },
  });
});
