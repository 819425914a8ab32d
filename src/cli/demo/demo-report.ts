/** What the demo did: the document of `--json`, and the words for people. */

import type { Company } from '../../core/org/org.ts';
import type { Artifact, Task } from '../../core/task/task.ts';
import type { DurationMs } from '../../core/units.ts';
import { calledAs } from '../called-as.ts';
import type { Output } from '../output/output.ts';
import { isoTime } from '../output/time-text.ts';
import type { EpicProgress } from './epic-progress.ts';
import { slotsOf } from './epic-progress.ts';

export interface DemoReport {
  readonly workflow: string;
  readonly company: string;
  readonly seconds: number;
  /** The last event of the company's log. */
  readonly head: number;
  readonly dataDir: string;
  /** The tasks of the steps, in the order of the workflow. */
  readonly tasks: readonly {
    readonly step: string;
    readonly title: string;
    readonly role: string;
    /** Who did it, and the process in which. */
    readonly agent: string | null;
    readonly workerPid: number | null;
    readonly state: Task['state'];
    readonly artifacts: readonly {
      readonly sha256: string;
      /** The stored file with exactly these bytes. */
      readonly path: string;
    }[];
  }[];
  readonly gates: readonly {
    readonly name: string;
    readonly step: string;
    readonly position: 'before' | 'after';
    readonly slots: readonly {
      readonly role: string;
      /** The rest is null while the slot is open. */
      readonly member: string | null;
      readonly kind: 'agent' | 'human' | null;
      readonly at: string | null;
      /** What was signed. */
      readonly artifactSha256: string | null;
    }[];
  }[];
}

export interface ReportFacts {
  readonly company: Company;
  readonly elapsed: DurationMs;
  readonly head: number;
  readonly dataDir: string;
  readonly fileOf: (artifact: Artifact) => string;
}

export function demoReport(progress: EpicProgress, facts: ReportFacts): DemoReport {
  return {
    workflow: progress.epic?.workflow.name ?? '',
    company: facts.company.name,
    seconds: facts.elapsed / 1_000,
    head: facts.head,
    dataDir: facts.dataDir,
    tasks: progress.steps().map((task) => taskReport(task, progress, facts)),
    gates: progress.gates().map((gate) => ({
      name: gate.name,
      step: gate.stepId ?? '',
      position: gate.rule.position,
      slots: slotsOf(gate).map(({ roleId, signOff }) => ({
        role: roleId,
        member: signOff ? progress.nameOf(signOff.memberId) : null,
        kind: signOff?.kind ?? null,
        at: signOff ? isoTime(signOff.at) : null,
        artifactSha256: signOff?.artifactHash ?? null,
      })),
    })),
  };
}

function taskReport(
  task: Task,
  progress: EpicProgress,
  { fileOf }: ReportFacts,
): DemoReport['tasks'][number] {
  const submitted = task.attempts.findLast((attempt) => attempt.outcome === 'submitted');
  return {
    step: task.stepId ?? '',
    title: task.title,
    role: task.roleId ?? '',
    agent: submitted ? progress.nameOf(submitted.memberId) : null,
    workerPid: submitted ? progress.pidOf(submitted) : null,
    state: task.state,
    artifacts: (task.submission?.artifacts ?? []).map((artifact) => ({
      sha256: artifact.hash,
      path: fileOf(artifact),
    })),
  };
}

export function demoReportText(report: DemoReport, namedFolder: string, output: Output): string {
  const signed = report.gates.flatMap((gate) => gate.slots.map((slot) => ({ gate, slot })));
  const tasks = output.table(
    [
      { title: 'STEP', cell: (task) => task.step },
      { title: 'TITLE', cell: (task) => task.title, shrinks: true },
      { title: 'AGENT', cell: (task) => task.agent ?? '' },
      { title: 'PID', cell: (task) => String(task.workerPid ?? ''), align: 'right' },
      { title: 'ARTIFACTS', cell: (task) => String(task.artifacts.length), align: 'right' },
    ],
    report.tasks,
  );
  const gates = output.table(
    [
      { title: 'GATE', cell: ({ gate }) => gate.name },
      { title: 'AT', cell: ({ gate }) => `${gate.position} ${gate.step}` },
      { title: 'ROLE', cell: ({ slot }) => slot.role },
      { title: 'SIGNED BY', cell: ({ slot }) => (slot.member ? `${slot.member} (${slot.kind})` : 'nobody') },
      { title: 'SHA-256', cell: ({ slot }) => slot.artifactSha256 ?? '', shrinks: true },
    ],
    signed,
  );
  return [
    `${output.style('good', 'Done')} in ${report.seconds.toFixed(1)} s: the workflow ${report.workflow} at ${report.company}.`,
    tasks,
    gates,
    `The artifacts, by step: ${namedFolder}\nLook further:           ${calledAs()} --data-dir ${report.dataDir} serve`,
  ].join('\n\n');
}
