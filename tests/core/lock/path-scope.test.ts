/** A scope covers exactly what it says, and two scopes meet exactly when some path is covered by both. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Effort } from '../../../src/core/lock/effort.ts';
import { covers, overlap, parseScope, readScope, scopeOfPath } from '../../../src/core/lock/path-scope.ts';

const meet = (a: string, b: string) => overlap(parseScope(a), parseScope(b));

describe('a scope', () => {
  it.each([
    ['src/app.ts', 'src/app.ts', true],
    ['src', 'src/deep/app.ts', true],
    ['src/app.ts', 'src', false],
    ['src/app', 'src/app.ts', false],
    ['src/*.ts', 'src/app.ts', true],
    ['src/*.ts', 'src/deep/app.ts', false],
    ['src/*', 'src/deep/app.ts', true],
    ['src/**/*.ts', 'src/app.ts', true],
    ['src/**/*.ts', 'src/a/b/app.ts', true],
    ['src/**/*.ts', 'lib/app.ts', false],
    ['**', 'anything/at/all', true],
    ['**/test/**', 'src/a/test/b.ts', true],
    ['**/test/**', 'src/a/tests/b.ts', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?c', 'a/c', false],
    ['a?c', 'a😀c', true],
    ['v[0-9].md', 'v7.md', true],
    ['v[0-9].md', 'vx.md', false],
    ['v[!0-9].md', 'vx.md', true],
    ['v[^0-9].md', 'v7.md', false],
    ['[]x]', ']', true],
    ['[a-]', '-', true],
    ['{src,docs}/*.{ts,md}', 'docs/a.ts', true],
    ['{src,docs}/*.{ts,md}', 'lib/a.ts', false],
    ['{a,b{c,d}}', 'bd/x', true],
    ['src/{,deep/}app.ts', 'src/app.ts', true],
    ['./src//app.ts/', 'src/app.ts', true],
    ['README.md', 'readme.MD', true],
    ['Straße', 'STRAẞE', true],
    ['*.MD', 'a.md', true],
    ['[A-C]x', 'bX', true],
    ['[!a]', 'A', false],
    ['\u00e9t\u00e9.md', 'e\u0301te\u0301.md', true],
    ['\u03c3', '\u03c2', true],
  ])('%j covers %j: %s', (scope, path, expected) => {
    expect(covers(parseScope(scope), path)).toBe(expected);
  });

  it.each([
    ['', 'BAD_INPUT'],
    ['.', 'BAD_INPUT'],
    ['./', 'BAD_INPUT'],
    ['/etc/passwd', 'PATH_OUTSIDE'],
    ['C:/windows', 'PATH_OUTSIDE'],
    ['../up', 'PATH_OUTSIDE'],
    ['src/../../up', 'PATH_OUTSIDE'],
    ['{src,..}/up', 'PATH_OUTSIDE'],
    ['src\\app.ts', 'PATH_OUTSIDE'],
    ['a\0b', 'PATH_OUTSIDE'],
    ['a\nb', 'PATH_OUTSIDE'],
    ['a\ud800', 'PATH_OUTSIDE'],
    ['src/./app.ts', 'BAD_INPUT'],
    ['src/a**', 'BAD_INPUT'],
    ['src/[ab', 'BAD_INPUT'],
    ['src/[]', 'BAD_INPUT'],
    ['src/[z-a]', 'BAD_INPUT'],
    ['src/{a,b', 'BAD_INPUT'],
    ['src/a}', 'BAD_INPUT'],
    ['{,a}/b', 'PATH_OUTSIDE'],
    ['{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', 'BAD_INPUT'],
    ['{a,b}'.repeat(180), 'BAD_INPUT'],
  ])('%j is refused with %s', (scope, code) => {
    expect(() => parseScope(scope)).toThrow(expect.objectContaining({ code }));
  });

  it('stands for itself in normal form', () => {
    for (const text of ['./src//*.ts/', 'e\u0301/{a,b}/[x-z]', '**/a']) {
      const { text: normal } = parseScope(text);
      expect(parseScope(normal).text).toBe(normal);
    }
  });

  it('is made of any path, whatever characters it has', () => {
    const path = 'app/[id]/{slug}*?/page.tsx';
    expect(covers(parseScope(scopeOfPath(path)), path)).toBe(true);
    expect(covers(parseScope(scopeOfPath(path)), 'app/i/{slug}*?/page.tsx')).toBe(false);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), (name) => {
        fc.pre(!/[\p{Cc}\p{Cs}/\\:]/u.test(name) && !/^\.*$/.test(name));
        expect(covers(parseScope(scopeOfPath(`x/${name}`)), `x/${name}`)).toBe(true);
        expect(covers(parseScope(scopeOfPath(`x/${name}`)), `x/${name}y`)).toBe(false);
      }),
    );
  });
});

describe('two scopes', () => {
  it.each([
    ['src/app.ts', 'src/app.ts', true],
    ['src', 'src/app.ts', true],
    ['src/a', 'src/b', false],
    ['src/*.ts', 'src/*.md', false],
    ['src/a*', 'src/*b', true],
    ['src/*a', 'src/*b', false],
    ['src/a*c', 'src/a?c', true],
    ['src/??', 'src/?', false],
    ['src/**/a.ts', 'src/x/y/a.ts', true],
    ['src/**/a.ts', 'docs/**', false],
    ['**/a', 'b/**', true],
    ['[a-m]*', '[n-z]*', false],
    ['[a-m]*', '[m-z]*', true],
    ['[!a]', '[A]', false],
    ['[!a]', '[!b]', true],
    ['{a,b}/c', '{b,d}/c', true],
    ['{a,b}/c', '{d,e}/c', false],
    ['README.md', 'readme.MD', true],
    // `.` and `..` are no names of files.
    ['[.]', '?', false],
    ['.?', '?.', false],
    ['.?*', '?.*', true],
    ['[.][.]*', '??', false],
    ['[.]*', '[.][.]?', true],
  ])('%j and %j share a path: %s', (a, b, expected) => {
    expect(meet(a, b)).toBe(expected);
    expect(meet(b, a)).toBe(expected);
  });

  it('meet exactly when one of all short paths is covered by both', () => {
    fc.assert(
      fc.property(anyScope, anyScope, (a, b) => {
        const [left, right] = [parseScope(a), parseScope(b)];
        const shared = allPaths.find((path) => covers(left, path) && covers(right, path));
        expect(overlap(left, right), shared ?? `none of ${allPaths.length} paths`).toBe(shared !== undefined);
      }),
      { numRuns: 150 },
    );
  });

  it('cover the paths that a plain reading of their texts covers', () => {
    fc.assert(
      fc.property(anyScope, (scope) => {
        const parsed = parseScope(scope);
        const plain = plainReading(scope);
        expect(allPaths.filter((path) => covers(parsed, path) !== plain.test(path))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('are little work, also when they are as hard as they may be', () => {
    const deep = `${'**/a*/'.repeat(31)}x`;
    const stars = `${'[!a]*'.repeat(16)}${'?'.repeat(160)}`;
    const late = `*${'a'.repeat(120)}b*`;
    const name = 'a'.repeat(900);
    const braces = `{${'abc,'.repeat(63)}d}/*/**/*`;
    const hard = [deep, stars, late, name, braces, `*${'a'.repeat(200)}c`];
    for (const a of hard) {
      for (const b of hard) {
        const effort = new Effort();
        overlap(parseScope(a), parseScope(b), effort);
        expect(effort.steps, `${a} and ${b}`).toBeLessThan(250_000);
      }
    }
  });

  it('are not compared any longer than the effort allows', () => {
    const effort = new Effort(1_000);
    const [a, b] = [parseScope(`*${'a'.repeat(120)}b*`), parseScope('a'.repeat(900))];
    expect(() => overlap(a, b, effort)).toThrow(expect.objectContaining({ code: 'TOO_MANY_LOCKS' }));
  });
});

describe('a scope that is harder to compare than any that is needed', () => {
  it.each([
    ['*a'.repeat(17), 'more than 16 *'],
    [`*${'a'.repeat(255)}`, 'more than 255 characters'],
    ['a/'.repeat(65), 'more than 64 parts'],
    ['a'.repeat(1_001), 'more than 1000 characters'],
  ])('%s is refused, but a lock that was given on it is still understood', (scope, why) => {
    expect(() => parseScope(scope)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(why) as string }),
    );
    expect(overlap(readScope(scope), readScope(scope))).toBe(true);
  });

  it.each(['*a'.repeat(16), `*${'a'.repeat(254)}`, 'a'.repeat(1_000)])('%s is not', (scope) => {
    expect(meet(scope, scope)).toBe(true);
  });
});

/**
 * Over an alphabet as small as the scopes' below: two names of up to three characters, where two patterns may have to
 * agree, and below them a third that only one of them still looks at.
 */
const letters = ['a', 'b', '.'];
const longer = (names: readonly string[]) => names.flatMap((name) => letters.map((letter) => name + letter));
const names = [...letters, ...longer(letters), ...longer(longer(letters))].filter(
  (name) => !/^\.{1,2}$/.test(name),
);
const lastNames = names.filter((name) => name.length < 3);
const allPaths = names.flatMap((x) => [
  x,
  ...names.flatMap((y) => [`${x}/${y}`, ...lastNames.map((z) => `${x}/${y}/${z}`)]),
]);

const part = fc.constantFrom('a', 'b', 'A', '.', '?', '*', '[ab]', '[!a]', '[a-b]', '[.a]');
const segment = fc.oneof(
  { weight: 1, arbitrary: fc.constant('**') },
  {
    weight: 6,
    arbitrary: fc
      .array(part, { minLength: 1, maxLength: 2 })
      .map((parts) => parts.join(''))
      .filter((text) => !text.includes('**') && text !== '.' && text !== '..'),
  },
  { weight: 1, arbitrary: fc.constantFrom('{a,b}', '{b,*a}', '{?,ab}') },
);
/** At most two segments: whatever two of them share is then shared by one of the short paths. */
const anyScope = fc.array(segment, { minLength: 1, maxLength: 2 }).map((segments) => segments.join('/'));

/** The same scope as a regular expression over folded paths. */
function plainReading(scope: string): RegExp {
  const source = scope
    .toLowerCase()
    .split('/')
    .map((text, at, all) => {
      if (text === '**') return at === all.length - 1 ? '(?:[^/]+(?:/|$))*' : '(?:[^/]+/)*';
      const pattern = text
        .replace(/\./g, '\\.')
        .replace(/\[\\\./g, '[.')
        .replace(/\[!/g, '[^/')
        .replace(/\?/g, '[^/]')
        .replace(/\*/g, '[^/]*')
        .replace(/\{/g, '(?:')
        .replace(/,/g, '|')
        .replace(/\}/g, ')');
      return `(?=[^/])(?:${pattern})(?:/|$)`;
    })
    .join('');
  return new RegExp(`^${source}`);
}
