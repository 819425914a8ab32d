/** Checks what was handed in before, for real, and reports what was found. */
import { createHash } from 'node:crypto';
import type { Facts, Input } from './facts.ts';
import { markdown, oneLine, tableOf } from './markdown.ts';

export interface Check {
  readonly what: string;
  readonly passed: boolean;
  readonly found: string;
}

export function qualityReport(title: string, facts: Facts): string {
  const checks = [
    ...facts.inputs.flatMap(checksOfInput),
    ...facts.requirements.map((text) => traceOf(text, facts.inputs)),
  ];
  const failed = checks.filter(({ passed }) => !passed);
  const verdict =
    failed.length === 0 ? 'Nothing speaks against going on.' : `${failed.length} to look at before going on.`;
  return markdown(title, facts, [
    {
      heading: 'Verdict',
      lines: [`${checks.length - failed.length} of ${checks.length} checks passed. ${verdict}`],
    },
    {
      heading: 'Checks',
      lines: tableOf(
        ['check', 'result', 'found'],
        checks.map(({ what, passed, found }) => [what, passed ? 'passed' : 'look', found]),
      ),
    },
    {
      heading: 'Not checked',
      lines: ['Anything that needs a running system: this report reads what was handed in.'],
    },
  ]);
}

function checksOfInput({ artifact, text }: Input): Check[] {
  const checks: Check[] = [
    { what: `${artifact.path} has content`, passed: artifact.bytes > 0, found: `${artifact.bytes} bytes` },
  ];
  if (text !== '') {
    const hash = createHash('sha256').update(text).digest('hex');
    checks.push({
      what: `${artifact.path} is what was handed in`,
      passed: hash === artifact.hash,
      found: `SHA-256 ${hash.slice(0, 12)}`,
    });
  }
  const hunk = /^@@ -0,0 \+1,(\d+) @@$/m.exec(text)?.[1];
  if (hunk !== undefined) {
    const added = text.split('\n').filter((line) => /^\+(?!\+\+ )/.test(line)).length;
    checks.push({
      what: `${artifact.path} is a whole patch`,
      passed: added === Number(hunk),
      found: `${added} lines added, ${hunk} announced`,
    });
  }
  return checks;
}

function traceOf(requirement: string, inputs: readonly Input[]): Check {
  const sources = inputs.filter(({ text }) => oneLine(text).includes(oneLine(requirement)));
  return {
    what: `traced: ${oneLine(requirement)}`,
    passed: sources.length > 0 || inputs.length === 0,
    found:
      sources.length > 0
        ? sources.map(({ artifact }) => artifact.path).join(', ')
        : 'in none of the artifacts',
  };
}
