/** Whatever a person types is a search, and FTS5 understands every one of them. */
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { searchExpression } from '../../../../src/log/sqlite/board/search-expression.ts';

it.each<[string, string, string | null]>([
  ['takes the last word for the beginning of one', 'deploy back', '"deploy" AND "back"*'],
  ['does not when the word is finished', 'deploy ', '"deploy"'],
  ['takes a star at its word', 'dep* back ', '"dep*"* AND "back"'],
  ['keeps words in quotes together', '"blue green" deploy ', '"blue green" AND "deploy"'],
  ['bears a quote that does not end', 'say "blue gre', '"say" AND "blue gre"'],
  ['passes over what is no word', '-- && ( deploy ) ', '"deploy"'],
  [
    'leaves the words of FTS5 to be words',
    'a OR b NOT c NEAR ',
    '"a" AND "OR" AND "b" AND "NOT" AND "c" AND "NEAR"',
  ],
  ['leaves columns to be words', 'title:x ', '"title:x"'],
  ['is nothing without a word', ' "" * - ^ ', null],
  ['is nothing for nothing', '', null],
])('%s', (_rule, text, expected) => {
  expect(searchExpression(text)).toBe(expected);
});

it('is never malformed', () => {
  const database = new Database(':memory:');
  database.exec("CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')");
  database.prepare('INSERT INTO words VALUES (?)').run('some words of "every" kind');
  const search = database.prepare('SELECT count(*) FROM words WHERE words MATCH ?');
  const special = fc.constantFrom(
    '"',
    '*',
    '^',
    ':',
    '(',
    ')',
    '-',
    '+',
    ' ',
    '\0',
    '{',
    '}',
    'NEAR',
    'AND',
    'é',
    '字',
    "'",
    ',',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(special, { maxLength: 20 }).map((parts) => parts.join('')),
  );
  try {
    fc.assert(
      fc.property(text, (typed) => {
        const expression = searchExpression(typed);
        if (expression !== null) search.get(expression);
      }),
      { numRuns: 2_000 },
    );
  } finally {
    database.close();
  }
});
