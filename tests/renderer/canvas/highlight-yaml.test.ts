/** Colours never change the text; keys, comments, texts and numbers are told apart. */
import { expect, it } from 'vitest';
import { highlightYaml } from '../../../src/renderer/canvas/highlight-yaml.ts';

const line = '  - { name: "a # b", role: em, tags: [x-1], max_concurrent: 3 } # the # end';

it('gives back every character', () => {
  const text = `${line}\n\nname: Acme\n#only\nlease: 60s\nodd: "open`;
  const again = highlightYaml(text).map((parts) => parts.map(({ text: part }) => part).join(''));
  expect(again.join('\n')).toBe(text);
});

it.each([
  ['key', ['name', 'role', 'tags', 'max_concurrent']],
  ['comment', ['# the # end']],
  ['text', ['"a # b"']],
  ['number', ['3']],
])('finds each %s', (kind, expected) => {
  const parts = highlightYaml(line)[0]?.filter((part) => part.kind === kind);
  expect(parts?.map(({ text }) => text)).toEqual(expected);
});
