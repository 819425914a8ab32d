/** Writes findings as the files of a report, and puts reports together. */
import type { Finding, Speciality } from '../../contract/review-report.ts';
import {
  bySeverity,
  findingsPath,
  reportPath,
  severities,
  specialities,
  summaryPath,
} from '../../contract/review-report.ts';
import type { ProducedFile } from '../../contract/runner.ts';

const text = (path: string, content: string): ProducedFile => ({
  path,
  bytes: new TextEncoder().encode(content),
});
/** The list of a summary. */
const mostShown = 20;

export function reportFiles(
  speciality: Speciality,
  found: readonly Finding[],
  files: number,
): ProducedFile[] {
  const findings = [...found].sort(bySeverity);
  const title = specialities.find(({ id }) => id === speciality)?.title ?? speciality;
  const lines = [
    `# ${title}`,
    '',
    `Found by rules in ${files} files: ${countWords(findings)}. A rule sees what a line shows, and no more.`,
    '',
    ...findings.map(lineOf),
  ];
  return [
    text(reportPath, `${lines.join('\n').trimEnd()}\n`),
    text(findingsPath, `${JSON.stringify(findings, null, 2)}\n`),
  ];
}

export interface Report {
  readonly title: string;
  /** Null: it is missing, for the reason that follows. */
  readonly findings: readonly Finding[] | null;
  readonly why: string;
}

export function summaryFiles(reports: readonly Report[]): ProducedFile[] {
  const all = reports.flatMap(({ findings }) => findings ?? []).sort(bySeverity);
  const lines = [
    '# Summary',
    '',
    `${all.length === 0 ? 'Nothing was found' : countWords(all)} in ${reports.length} reviews.`,
    '',
    '| review | high | medium | low |',
    '| --- | ---: | ---: | ---: |',
    ...reports.map(({ title, findings, why }) =>
      findings === null
        ? `| ${title} | missing: ${why.replaceAll('|', '/')} | | |`
        : `| ${title} | ${severities.map((severity) => number(findings, severity)).join(' | ')} |`,
    ),
    ...(all.length === 0 ? [] : ['', '## What to look at first', '', ...all.slice(0, mostShown).map(lineOf)]),
    ...(all.length > mostShown ? ['', `And ${all.length - mostShown} more, in the reports.`] : []),
  ];
  return [text(summaryPath, `${lines.join('\n')}\n`)];
}

const number = (findings: readonly Finding[], wanted: string): number =>
  findings.filter(({ severity }) => severity === wanted).length;

const lineOf = ({ severity, file, line, title, detail }: Finding): string =>
  `- [${severity}] ${file}:${line}: ${title}${detail === '' ? '' : `. ${detail}`}`;

function countWords(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'nothing';
  return severities.map((severity) => `${number(findings, severity)} ${severity}`).join(', ');
}
