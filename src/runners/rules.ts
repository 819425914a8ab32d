/**
 * The runner that reviews the workspace by rules, offline: a reviewer looks for what its speciality has rules for, and a
 * lead gives each of its people one review, waits for all, and puts the reports together. It judges no gate.
 */
import { z } from 'zod';
import type { Finding, Speciality } from '../contract/review-report.ts';
import { findingsPath, findingsSchema, specialities, specialityIds } from '../contract/review-report.ts';
import type { RunContext, Runner, RunResult } from '../contract/runner.ts';
import { CoordError } from '../core/error.ts';
import { readOptions } from './read-options.ts';
import { architecture } from './rules/architecture.ts';
import { devops } from './rules/devops.ts';
import { integration } from './rules/integration.ts';
import { performance } from './rules/performance.ts';
import { quality } from './rules/quality.ts';
import { security } from './rules/security.ts';
import type { Sources } from './rules/sources.ts';
import { readSources } from './rules/sources.ts';
import type { Report } from './rules/write-report.ts';
import { reportFiles, summaryFiles } from './rules/write-report.ts';

const optionsSchema = z.strictObject({
  /** What the member looks for; left out: it leads those who do. */
  speciality: z.enum(specialityIds).optional(),
});

const rules: Readonly<Record<Speciality, (sources: Sources) => Finding[]>> = {
  security,
  architecture,
  performance,
  quality,
  devops,
  integration,
};

export function createRulesRunner(): Runner {
  return { name: 'rules', run: review };
}

async function review(context: RunContext): Promise<RunResult> {
  const { speciality } = readOptions('rules', optionsSchema, context.options);
  const { task, parts } = context.brief;
  if (task.kind === 'review') {
    throw new CoordError(
      'RUNNER_FAILED',
      'Rules judge no gate: they don’t know what was asked for. Give the member another runner, such as llm',
    );
  }
  if (speciality === undefined) return parts.length === 0 ? divide(context) : putTogether(context);
  const sources = await readSources(context.guarded);
  const findings = rules[speciality](sources);
  context.log(`${findings.length} findings of ${speciality} in ${sources.files.length} files`);
  return { kind: 'artifacts', files: reportFiles(speciality, findings, sources.files.length) };
}

/** One for each speciality that somebody has. */
async function divide({ brief, acts, log }: RunContext): Promise<RunResult> {
  const parts = specialities.flatMap(({ id, title, looksFor }) => {
    const reviewer = brief.reports.find(({ roleIds }) => roleIds.some((role) => role.startsWith(id)));
    const description = `Review the workspace for ${looksFor}.`;
    return reviewer ? [{ title: `${title} review`, description, assigneeId: reviewer.id, after: [] }] : [];
  });
  if (parts.length === 0) {
    const roles = specialityIds.map((id) => `${id}_reviewer`).join(', ');
    throw new CoordError(
      'RUNNER_FAILED',
      `${brief.member.name} leads no reviewer: give the team members with roles such as ${roles}`,
    );
  }
  await acts.divide(parts);
  log(`divided into ${parts.length} reviews`);
  await acts.awaitParts();
  return { kind: 'waits', words: 'waits for its reviews' };
}

async function putTogether({ brief, readArtifact }: RunContext): Promise<RunResult> {
  const reports: Report[] = [];
  for (const { title, artifacts, state, failedBecause } of brief.parts) {
    const file = artifacts.find(({ path }) => path === findingsPath);
    const findings = file && state === 'done' ? findingsIn(await readArtifact(file.hash)) : null;
    reports.push({ title, findings, why: failedBecause ?? 'it handed in no findings' });
  }
  return { kind: 'artifacts', files: summaryFiles(reports) };
}

function findingsIn(bytes: Uint8Array): readonly Finding[] | null {
  try {
    return findingsSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}
