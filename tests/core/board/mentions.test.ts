/** Whom a text names with `@`. */
import { expect, it } from 'vitest';
import { findMentions } from '../../../src/core/board/mentions.ts';
import { company } from '../companies.ts';

const world = company({
  staff: {
    all: ['ada', 'Ada Lovelace', 'bo', 'qa_lead', 'bo-2', 'Émile', 'ADA.x'].map((name) => ({
      name,
      role: 'engineer',
    })),
  },
});

function named(text: string) {
  const { mentions, unknownNames } = findMentions(world.state, text);
  return { names: mentions.map((id) => world.state.members.get(id)?.name), unknownNames };
}

it.each<[string, string, string[], string[]]>([
  ['nobody without a sign', 'ada and bo', [], []],
  ['a member', 'Look, @ada', ['ada'], []],
  ['several, in the order of the text, each once', '@bo @ada @bo', ['bo', 'ada'], []],
  ['a name in other letters', '@BO and @émile', ['bo', 'Émile'], []],
  ['the longest name that fits', '@Ada Lovelace! and @ada.', ['Ada Lovelace', 'ada'], []],
  ['a name with a sign in it', '@qa_lead, @bo-2: and @ada.x', ['qa_lead', 'bo-2', 'ADA.x'], []],
  ['a name before punctuation', '(@ada) @bo? "@qa_lead"', ['ada', 'bo', 'qa_lead'], []],
  ['nobody for the beginning of a longer word', '@bodo @ada_2 @bo-3', [], ['bodo', 'ada_2', 'bo-3']],
  ['unknown names once, as text', '@zoe and @zoe, @d.o.n.', [], ['zoe', 'd.o.n']],
  ['nobody in an address', 'ada@bo.example, x/@ada, a.@bo', [], []],
  ['nobody in code', '`@ada` and\n```\n@bo\n``` but @qa_lead', ['qa_lead'], []],
  ['nobody in code that does not end', 'see ```\n@ada', [], []],
  ['nobody by a sign alone', '@ @, @@ada', [], []],
])('finds %s', (_what, text, names, unknownNames) => {
  expect(named(text)).toEqual({ names, unknownNames });
});

it('is quick with a text that is nothing but signs', () => {
  const start = performance.now();
  named('@a'.repeat(10_000));
  named('`'.repeat(20_000));
  named('@'.repeat(20_000));
  expect(performance.now() - start).toBeLessThan(1_000);
});
