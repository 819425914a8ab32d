/** The words of the reviews screen. */

import type { Severity } from '../../../contract/review-report.ts';
import type { ReviewPart, ReviewView } from '../../../contract/reviews.ts';
import { plural } from '../../lib/plural.ts';

export const strings = {
  title: 'Reviews',
  loading: 'Loading the reviews',
  folder: 'Folder',
  folderHelp: 'On the machine of the host. It is copied first: nothing in it is changed.',
  by: 'By',
  rules: 'Rules',
  model: 'A model',
  modelName: 'Model',
  modelHelp:
    'As models set knows it: claude-sonnet-5, openai/gpt-5. It reads the code, and costs what its calls cost.',
  rulesHelp: 'Rules work offline, and see what a line shows.',
  start: 'Review it',
  stop: 'Stop',
  empty: 'Nothing has been reviewed yet',
  emptyMore:
    'A lead divides a folder into six reviews (security, architecture, performance, quality, DevOps, integration). Six workers do them at once, each finding is at a file and line, and the lead sums them up. Reports stay until the host ends; agentcoord review --out keeps them.',
  earlier: 'Reviews of this host',
  states: {
    running: 'under way',
    done: 'done',
    failed: 'failed',
    stopped: 'stopped',
  } satisfies Record<ReviewView['state'], string>,
  partStates: {
    waiting: 'waits for its worker',
    working: 'looks',
    done: 'done',
    failed: 'failed',
  } satisfies Record<ReviewPart['state'], string>,
  reviewers: 'The six',
  beginning: 'Copying the folder, and starting seven workers …',
  files: (count: number) => plural(count, { one: '# file', other: '# files' }),
  byRules: 'by rules',
  byModel: (model: string) => `by ${model}`,
  summary: 'Summary',
  findings: 'Findings',
  findingCount: (count: number) => plural(count, { one: '# finding', other: '# findings' }),
  unfounded: (count: number) =>
    plural(count, {
      one: '# finding pointed at nothing and was left out.',
      other: '# findings pointed at nothing and were left out.',
    }),
  all: 'All',
  only: 'Findings of',
  noFindings: 'No findings',
  noFindingsMore: 'Nothing stood out here.',
  severities: { high: 'High', medium: 'Medium', low: 'Low' } satisfies Record<Severity, string>,
  copyPlace: 'Copy file and line',
  failedTitle: 'There is no report',
} as const;
