/** A company as it is drawn: the one that is there, with every step of the draft done on a copy of it. Pure. */

import { hostAlone } from '../../../core/context.ts';
import { decide } from '../../../core/decide.ts';
import { CoordError } from '../../../core/error.ts';
import type { ArtifactHash, MemberId } from '../../../core/ids.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import { chartOf } from '../../../core/org/chart/org-chart.ts';
import { orgOnly, tryEdits } from '../../../core/org/chart/try-edits.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { EpochMs } from '../../../core/units.ts';

/** One thing that a person did; it is taken back as a whole. */
export interface DraftStep {
  /** In words, for the undo button. */
  readonly label: string;
  readonly edits: readonly OrgEditInput[];
}

/** A step that no longer fits what became of the company meanwhile: it is left out. */
export interface LapsedStep {
  readonly step: DraftStep;
  readonly refusal: CoordError;
}

export interface DrawnChart {
  /** What later edits are decided on. */
  readonly state: CompanyState;
  readonly chart: OrgChart;
  /** Of the steps that fit, in order. */
  readonly edits: readonly OrgEditInput[];
  readonly lapsed: readonly LapsedStep[];
}

/** @param by who draws: a step that they may not do is refused here as it would be by the host */
export function draw(
  company: CompanyState,
  steps: readonly DraftStep[],
  by: MemberId,
  now: EpochMs,
): DrawnChart {
  const state = orgOnly(company);
  const edits: OrgEditInput[] = [];
  const lapsed: LapsedStep[] = [];
  for (const step of steps) {
    const refusal = refusalOf(() => tryEdits(state, step.edits, by, now));
    if (refusal) lapsed.push({ step, refusal });
    else edits.push(...step.edits);
  }
  return { state, chart: chartOf(state), edits, lapsed };
}

/** Why the edits can't be the next step; null: they can. Nothing is changed. */
export function refusalToDraw(
  company: CompanyState,
  drawn: DrawnChart,
  edits: readonly OrgEditInput[],
  by: MemberId,
  now: EpochMs,
): CoordError | null {
  const { journal } = drawn.state;
  journal.begin();
  try {
    return refusalOf(() => tryEdits(drawn.state, edits, by, now)) ?? busyNow(company, edits, by, now);
  } finally {
    journal.rollbackAll();
  }
}

function refusalOf(attempt: () => unknown): CoordError | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof CoordError) return error;
    throw error;
  }
}

/** Who works can't go: only the live company knows, for the draft has no work in it. */
function busyNow(
  company: CompanyState,
  edits: readonly OrgEditInput[],
  by: MemberId,
  now: EpochMs,
): CoordError | null {
  for (const edit of edits) {
    const becomesAnother = edit.type === 'member.change' && edit.member?.kind !== undefined;
    if (edit.type !== 'member.remove' && !becomesAnother) continue;
    const member = company.members.get(edit.memberId as MemberId);
    if (!member || (edit.type === 'member.change' && edit.member?.kind === member.kind)) continue;
    const refusal = refusalOf(() =>
      decide(
        company,
        { type: 'member.remove', memberId: member.id },
        {
          ...hostAlone,
          now,
          actor: { kind: 'member', memberId: by },
          newId: () => {
            throw new CoordError('INTERNAL', 'Nothing is made by leaving');
          },
          sha256: () => '' as ArtifactHash,
        },
      ),
    );
    if (refusal) return refusal;
  }
  return null;
}
