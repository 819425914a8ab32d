/** Writes code as a patch that `git apply` takes: a module that holds the requirements, or tests for it. */
import type { Facts } from './facts.ts';
import { answerLines, oneLine } from './markdown.ts';

export function codePatch(facts: Facts): string {
  const name = camelCase(facts.slug);
  return newFile(facts, `src/${facts.slug}.js`, [
    `/** ${comment(facts.subject)}: ${comment(facts.purpose)} */`,
    '',
    '/** What was asked for; the tests go through them one by one. */',
    `export const ${name}Requirements = [`,
    ...facts.requirements.map((text) => `  ${JSON.stringify(oneLine(text))},`),
    '];',
    '',
    '/**',
    ' * Whether it is on for an account, as the rollout goes from 0 to 100 %.',
    ' * The same account gets the same answer every time.',
    ' */',
    `export function is${name[0]?.toUpperCase()}${name.slice(1)}On(account, percent) {`,
    '  let sum = 0;',
    '  for (const letter of account) sum = (sum * 31 + letter.codePointAt(0)) % 100;',
    '  return sum < percent;',
    '}',
  ]);
}

export function testsPatch(facts: Facts): string {
  const name = camelCase(facts.slug);
  const on = `is${name[0]?.toUpperCase()}${name.slice(1)}On`;
  return newFile(facts, `tests/${facts.slug}.test.js`, [
    `import assert from 'node:assert/strict';`,
    `import { test } from 'node:test';`,
    `import { ${name}Requirements, ${on} } from '../src/${facts.slug}.js';`,
    '',
    ...facts.requirements.flatMap((text) => [
      `test(${JSON.stringify(`is about: ${oneLine(text)}`)}, () => {`,
      `  assert.ok(${name}Requirements.includes(${JSON.stringify(oneLine(text))}));`,
      '});',
      '',
    ]),
    `test('is off for everybody at 0 % and on for everybody at 100 %', () => {`,
    `  for (const account of ['ada', 'grace', 'zoë']) {`,
    `    assert.equal(${on}(account, 0), false);`,
    `    assert.equal(${on}(account, 100), true);`,
    '  }',
    '});',
  ]);
}

/** The words before the diff are for people; git skips them. */
function newFile(facts: Facts, path: string, lines: readonly string[]): string {
  const { task, member } = facts.brief;
  const from = facts.inputs.map(
    ({ title, artifact }) => `Built on ${title}: ${artifact.path} ${artifact.hash}`,
  );
  const head = [
    `Subject: ${oneLine(task.title)}: ${oneLine(facts.subject)}`,
    `From: ${member.name}`,
    '',
    ...from,
    ...answerLines(facts),
    '---',
  ];
  return `${[
    ...head,
    `diff --git a/${path} b/${path}`,
    'new file mode 100644',
    '--- /dev/null',
    `+++ b/${path}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
  ].join('\n')}\n`;
}

function comment(text: string): string {
  return oneLine(text).replaceAll('*/', '* /');
}

function camelCase(slug: string): string {
  const name = slug.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^[0-9]/.test(name) ? `work${name}` : name;
}
