/** Chooses what a step hands in by its title and role, and writes it. */
import type { ProducedFile } from '../../contract/runner.ts';
import { backtestReport } from './backtest.ts';
import { configSchema } from './config-schema.ts';
import {
  contentDocument,
  decisionDocument,
  plainDocument,
  planDocument,
  reproductionDocument,
  requirementsDocument,
  rolloutDocument,
  supportDocument,
} from './documents.ts';
import { mockDrawing } from './drawing.ts';
import type { Facts } from './facts.ts';
import { codePatch, testsPatch } from './patch.ts';
import { qualityReport } from './quality-report.ts';

interface Kind {
  /** What the step's title says. */
  readonly title: RegExp;
  readonly path: string;
  readonly write: (facts: Facts) => string;
}

/** The first whose words are in the title. */
const kinds: readonly Kind[] = [
  {
    title: /\bprd\b|requirements|acceptance criteria|\bgoals?\b/i,
    path: 'prd.md',
    write: requirementsDocument,
  },
  { title: /\bschema\b/i, path: 'config.schema.json', write: configSchema },
  { title: /mock|prototype|design/i, path: 'mock.svg', write: mockDrawing },
  { title: /run backtest/i, path: 'backtest.md', write: backtestReport },
  { title: /reproduce/i, path: 'reproduction.md', write: reproductionDocument },
  { title: /write .*tests|unit|integration/i, path: 'tests.patch', write: testsPatch },
  {
    title: /\btest|verify|validate|backtest/i,
    path: 'test-report.md',
    write: (facts) => qualityReport('Test report', facts),
  },
  { title: /implement|fix|build|code|refactor/i, path: 'change.patch', write: codePatch },
  { title: /plan\b/i, path: 'plan.md', write: planDocument },
  { title: /support|documentation|runbook|faq/i, path: 'support.md', write: supportDocument },
  { title: /content|announce|blog|marketing/i, path: 'content.md', write: contentDocument },
  { title: /approve|review|decide|sign/i, path: 'decision.md', write: decisionDocument },
  { title: /launch|deploy|roll ?out|release/i, path: 'rollout.md', write: rolloutDocument },
];

/** The same facts give the same bytes. */
export function writeArtifact(facts: Facts): ProducedFile {
  const kind = kinds.find(({ title }) => title.test(facts.brief.task.title));
  const text = kind ? kind.write(facts) : plainDocument(facts);
  return { path: kind?.path ?? 'result.md', bytes: new TextEncoder().encode(text) };
}
