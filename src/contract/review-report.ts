/** What a specialised review of a code base hands in, and which specialities there are. */
import { z } from 'zod';

export const specialities = [
  {
    id: 'security',
    title: 'Security',
    looksFor:
      'secrets in the code, injection, unsafe deserialisation, weak cryptography, missing checks of what comes from outside',
  },
  {
    id: 'architecture',
    title: 'Architecture',
    looksFor:
      'circular dependencies, files and modules that do too much, layers that know too much of each other',
  },
  {
    id: 'performance',
    title: 'Performance',
    looksFor:
      'work that blocks, calls in loops that could go together, needless copies, growth without bound',
  },
  {
    id: 'quality',
    title: 'Quality',
    looksFor:
      'errors that are swallowed, checks that are switched off, dead or unfinished code, what will mislead the next reader',
  },
  {
    id: 'devops',
    title: 'DevOps',
    looksFor:
      'how it is built, tested, locked, packed and deployed: continuous integration, images, pinned versions, what is checked in by mistake',
  },
  {
    id: 'integration',
    title: 'Integration',
    looksFor:
      'how it meets other systems: addresses, time-outs, versions, configuration, and whether tests cover it',
  },
] as const;

export type Speciality = (typeof specialities)[number]['id'];
export const specialityIds = specialities.map(({ id }) => id) as [Speciality, ...Speciality[]];

/** The worst first. */
export const severities = ['high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export const findingSchema = z.object({
  severity: z.enum(severities),
  file: z.string().min(1).max(1_000),
  /** From 1. */
  line: z.number().int().positive(),
  title: z.string().trim().min(1).max(300),
  detail: z.string().trim().max(4_000).default(''),
});
export type Finding = z.output<typeof findingSchema>;
export const findingsSchema = z.array(findingSchema).max(2_000);

/** The files of a report, by which whoever builds on it finds them. */
export const findingsPath = 'findings.json';
export const reportPath = 'report.md';
export const summaryPath = 'summary.md';

/** The worst first, then by place. */
export function bySeverity(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)
  );
}
