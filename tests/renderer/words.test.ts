/** The UI can be put into another language: its words stand in the strings files, and nothing else counts or formats. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { formatDuration, formatShare } from '../../src/renderer/lib/format.ts';
import { localeFor } from '../../src/renderer/lib/locale.ts';
import { plural } from '../../src/renderer/lib/plural.ts';

/** Attributes that people read or hear. */
const read =
  /^(aria-(label|description|valuetext|roledescription|placeholder)|title|placeholder|alt|label|description|heading|help)$/;
/** What is typed as it stands, in every language. */
const typed = /^(code|kbd|Kbd)$/;
const hasLetters = /\p{L}/u;
/** Nothing that only code has: no classes, paths, keys. `0` stands for what a template puts in. */
const prose = /^[\p{L}0’'“”.,:;?!…()]+( [\p{L}0’'“”.,:;?!…()]+)+$/u;
const twoWords = /\p{L}{3,}[,:]? [“(]?\p{L}{2,}|\p{L}{2,}[,:]? [“(]?\p{L}{3,}|\p{L}{5,} 0|0 \p{L}{5,}/u;

let files: { name: string; source: ts.SourceFile }[] = [];

beforeAll(async () => {
  const names: string[] = [];
  for await (const name of glob('src/renderer/**/*.{ts,tsx}', { cwd: projectFolder })) names.push(name);
  files = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(projectFolder, name), 'utf8');
      return { name, source: ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) };
    }),
  );
});

const isStrings = (name: string) => name.endsWith('strings.ts');

function find(of: (name: string) => boolean, matches: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  for (const { name, source } of files.filter((file) => of(file.name))) {
    const visit = (node: ts.Node): void => {
      if (matches(node)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.push(`${name}:${line + 1} ${node.getText().slice(0, 80)}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function within(node: ts.Node, matches: (ancestor: ts.Node) => boolean): boolean {
  for (let at = node.parent; at; at = at.parent) if (matches(at)) return true;
  return false;
}

/** The text of a literal. */
function textOf(node: ts.Node): string | null {
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => `0${literal.text}`).join('');
}

it('draws no word that is not from a strings file', () => {
  const drawn = find(
    (name) => name.endsWith('.tsx'),
    (node) => {
      if (ts.isJsxText(node)) {
        const { parent } = node;
        const tag = ts.isJsxElement(parent) ? parent.openingElement.tagName.getText() : '';
        return hasLetters.test(node.text) && !typed.test(tag);
      }
      if (!ts.isJsxAttribute(node) || !read.test(node.name.getText()) || !node.initializer) return false;
      // A path or a model that shows the form of what is wanted is no word.
      return ts.isStringLiteral(node.initializer) && /^\p{Lu}|\p{L} \p{L}/u.test(node.initializer.text);
    },
  );
  expect(drawn).toEqual([]);
});

it('writes no sentence elsewhere, but what a developer reads', () => {
  const written = find(
    (name) => !isStrings(name),
    (node) => {
      const text = textOf(node);
      if (text === null || !prose.test(text) || !twoWords.test(text)) return false;
      if (text.startsWith('agentcoord ')) return false;
      return !within(
        node,
        (above) =>
          ts.isThrowStatement(above) ||
          (ts.isNewExpression(above) && /Error$/.test(above.expression.getText())) ||
          (ts.isCallExpression(above) &&
            /^console\.|\b(closest|querySelector)/.test(above.expression.getText())) ||
          (ts.isJsxAttribute(above) && /^(className|rel|placement)$/.test(above.name.getText())),
      );
    },
  );
  expect(written).toEqual([]);
});

it('leaves it to the language which numbers have a form of their own', () => {
  const counted = find(
    isStrings,
    // Whether something is said at all, or a name instead of words, is no matter of grammar.
    (node) =>
      ts.isConditionalExpression(node) &&
      /^\w+ ([=!]==|>|<=) 1$|^\w+ < 2$/.test(node.condition.getText()) &&
      [node.whenTrue, node.whenFalse].every((branch) => hasLetters.test(textOf(branch) ?? '')),
  );
  expect(counted).toEqual([]);
});

it('formats numbers and times in one place', () => {
  const elsewhere = find(
    (name) => !/lib\/(format|locale|plural)\.ts$/.test(name),
    (node) =>
      (ts.isNewExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        node.expression.expression.getText() === 'Intl') ||
      (ts.isPropertyAccessExpression(node) && /^toLocale\w*String$/.test(node.name.text)),
  );
  expect(elsewhere).toEqual([]);
});

it('takes the words of the page and the customs of the reader', () => {
  expect(['de', 'en-GB', 'pt-BR', 'en'].map(localeFor)).toEqual(['en-DE', 'en-GB', 'en-BR', 'en-US']);
});

it('chooses among as many forms as a language has', () => {
  const files = { one: '# soubor', few: '# soubory', many: '# souboru', other: '# souborů' };
  const czech = new Intl.PluralRules('cs');
  expect([1, 3, 1.5, 5].map((count) => plural(count, files, czech))).toEqual([
    '1 soubor',
    '3 soubory',
    '1.5 souboru',
    '5 souborů',
  ]);
  const threads = { one: 'a thread', other: '# threads' };
  expect([0, 1, 1_200].map((count) => plural(count, threads))).toEqual([
    '0 threads',
    'a thread',
    '1,200 threads',
  ]);
});

it('writes figures with the marks of the locale', () => {
  expect([formatDuration(1_250), formatShare(0.424)]).toEqual(['1.3 s', '42%']);
});
