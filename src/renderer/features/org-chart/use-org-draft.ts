/** The draft of a company's structure: what is drawn on top of what is there, kept by this tab until it is applied. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LiveCompany } from '../../../contract/live-company.ts';
import type { CoordError } from '../../../core/error.ts';
import type { MemberId, Seq } from '../../../core/ids.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { AppliedEdits } from '../../../core/org/chart/take-back.ts';
import { editsToTakeBack } from '../../../core/org/chart/take-back.ts';
import type { OrgEditInput } from '../../../core/org/org-commands.ts';
import type { EpochMs } from '../../../core/units.ts';
import type { UndoStack } from '../../canvas/undo-stack.ts';
import { canUndo, doStep, emptyStack, redo, undo } from '../../canvas/undo-stack.ts';
import { useConnection, useLive, useSelf } from '../../lib/company-context.tsx';
import { keepIn } from '../../lib/keep-in.ts';
import type { CommandRun } from '../../lib/use-command.ts';
import { useCommand } from '../../lib/use-command.ts';
import type { DraftStep, DrawnChart } from './draft.ts';
import { draw, refusalToDraw } from './draft.ts';
import { strings } from './strings.ts';
import { useLiveChart } from './use-live-chart.ts';

export interface OrgDraft {
  /** The company without the draft. */
  readonly base: OrgChart;
  readonly drawn: DrawnChart;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  /** Does a step, or says why not. */
  readonly attempt: (label: string, edits: readonly OrgEditInput[]) => CoordError | null;
  /** Whether it could be done, without doing it. */
  readonly probe: (edits: readonly OrgEditInput[]) => CoordError | null;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly discard: () => void;
  /** What was applied last can be taken back as a whole; what others made since stays. */
  readonly isApplied: boolean;
  readonly forgetApplied: () => void;
  readonly dropLapsed: () => void;
  /** Gives all of it to the host. @returns whether it was taken */
  readonly apply: () => Promise<boolean>;
  readonly command: CommandRun;
}

export function useOrgDraft(): OrgDraft {
  const { live } = useConnection();
  const self = useSelf();
  const { companyId, ownerId } = useLive(({ company }) => ({
    companyId: company?.id ?? '',
    ownerId: company?.ownerId ?? ('' as MemberId),
  }));
  const by = self ?? ownerId;
  const base = useLiveChart();
  const [stack, setStack] = useKeptStack(companyId);
  const [applied, setApplied] = useState<AppliedEdits | null>(null);
  const command = useCommand();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `base` changes whenever what is drawn on does
  const drawn = useMemo(() => draw(live.state, stack.done, by, nowMs()), [live, base, stack.done, by]);
  const latest = useRef(drawn);
  latest.current = drawn;

  const probe = useCallback(
    (edits: readonly OrgEditInput[]) => refusalToDraw(live.state, latest.current, edits, by, nowMs()),
    [live, by],
  );
  const attempt = useCallback(
    (label: string, edits: readonly OrgEditInput[]) => {
      if (edits.length === 0) return null;
      const refusal = probe(edits);
      if (refusal === null) setStack((before) => doStep(before, { label, edits }));
      return refusal;
    },
    [probe, setStack],
  );
  const takeBack = useCallback(() => {
    if (!applied) return;
    const edits = editsToTakeBack(applied, base);
    setApplied(null);
    if (edits.length > 0) setStack((before) => doStep(before, { label: strings.takeBack, edits }));
  }, [applied, base, setStack]);
  const { run } = command;
  const apply = useCallback(async () => {
    const { edits, chart } = latest.current;
    const receipt = await run({ type: 'org.change', edits: [...edits] });
    if (!receipt) return false;
    await untilSeen(live, receipt.seq);
    setApplied({ before: base, after: chart });
    setStack(emptyStack());
    return true;
  }, [run, live, base, setStack]);

  const canStepBack = canUndo(stack);
  return {
    base,
    drawn,
    undoLabel: canStepBack ? (stack.done.at(-1)?.label ?? null) : applied && strings.takeBack,
    redoLabel: stack.undone.at(-1)?.label ?? null,
    attempt,
    probe,
    undo: useCallback(() => (canStepBack ? setStack(undo) : takeBack()), [canStepBack, setStack, takeBack]),
    redo: useCallback(() => setStack(redo), [setStack]),
    discard: useCallback(() => setStack(emptyStack()), [setStack]),
    isApplied: applied !== null,
    forgetApplied: useCallback(() => setApplied(null), []),
    dropLapsed: useCallback(() => {
      const lapsed = new Set(latest.current.lapsed.map(({ step }) => step));
      setStack((before) => ({ ...before, done: before.done.filter((step) => !lapsed.has(step)) }));
    }, [setStack]),
    apply,
    command,
  };
}

const nowMs = (): EpochMs => Date.now() as EpochMs;

/** Resolves once the page shows the event. */
function untilSeen(live: LiveCompany, seq: Seq): Promise<void> {
  return new Promise((resolve) => {
    if (live.state.seq >= seq) return resolve();
    const unsubscribe = live.subscribe(() => {
      if (live.state.seq < seq) return;
      unsubscribe();
      resolve();
    });
  });
}

type SetStack = (
  change: UndoStack<DraftStep> | ((before: UndoStack<DraftStep>) => UndoStack<DraftStep>),
) => void;

/** A reload loses nothing; another company has a draft of its own. */
function useKeptStack(companyId: string): readonly [UndoStack<DraftStep>, SetStack] {
  const place = `org-draft:${companyId}`;
  const [kept, setKept] = useState(() => ({ place, stack: readStack(place) }));
  const stack = kept.place === place ? kept.stack : readStack(place);
  useEffect(() => {
    if (kept.place !== place) return;
    if (kept.stack.done.length === 0) sessionStorage.removeItem(place);
    else keepIn(sessionStorage, place, JSON.stringify(kept.stack.done));
  }, [kept, place]);
  const setStack = useCallback<SetStack>(
    (change) =>
      setKept((before) => {
        const current = before.place === place ? before.stack : readStack(place);
        return { place, stack: typeof change === 'function' ? change(current) : change };
      }),
    [place],
  );
  return [stack, setStack];
}

function readStack(place: string): UndoStack<DraftStep> {
  try {
    const done = JSON.parse(sessionStorage.getItem(place) ?? '[]') as DraftStep[];
    return { ...emptyStack<DraftStep>(), done };
  } catch {
    return emptyStack();
  }
}
