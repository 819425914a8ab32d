/** One workflow, drawn and edited as a draft. */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Finding } from '../../../core/workflow/finding.ts';
import type { Repair } from '../../../core/workflow/repair.ts';
import { checkSatisfiability } from '../../../core/workflow/satisfiability.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import { DiscardDialog } from '../../canvas/discard-dialog.tsx';
import type { PanelKind } from '../../canvas/editor-panel.tsx';
import { layoutFlow } from '../../canvas/flow-layout.ts';
import { Stage } from '../../canvas/stage.tsx';
import { useUndoKeys } from '../../canvas/use-undo-keys.ts';
import { useWayBack } from '../../canvas/use-way-back.ts';
import { useRepair } from '../../company/use-repair.ts';
import { useActs } from '../../lib/acts.ts';
import { useConnection, useLive } from '../../lib/company-context.tsx';
import { RefusalBar } from './draft-bar.tsx';
import { changeGate } from './edit-workflow.ts';
import { FlowCanvas } from './flow-canvas.tsx';
import { FlowPanel } from './flow-panel.tsx';
import { FlowToolbar } from './flow-toolbar.tsx';
import type { FlowView } from './flow-view.ts';
import { FlowViewContext } from './flow-view.ts';
import { ReviewDialog } from './review-dialog.tsx';
import { slotsOfGates } from './rule-slots.ts';
import { strings } from './strings.ts';
import { useFlowActs } from './use-flow-acts.ts';
import { useFlowKeys } from './use-flow-keys.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';
import { changesBetween } from './workflow-changes.ts';
import { WorkflowInspector } from './workflow-inspector.tsx';

export interface WorkflowEditorProps {
  draft: WorkflowDraft;
  roles: readonly string[];
  onRemove: () => void;
}

export function WorkflowEditor({ draft, roles, onRemove }: WorkflowEditorProps) {
  const { live } = useConnection();
  const seq = useLive((state) => state.seq);
  const { drawn } = draft;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [panel, setPanel] = useState<PanelKind>('inspect');
  const [focusOn, setFocusOn] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [announced, announce] = useState('');
  const [leadingFrom, lead] = useState<string | null>(null);
  const [reviews, setReviews] = useState(false);
  const [discards, setDiscards] = useState(false);
  const side = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layoutFlow(drawn.steps), [drawn]);
  // What an undo took away is not selected any more.
  const selected = useMemo(
    () =>
      new Set([...chosen].filter((id) => layout.byId.has(id) || layout.lines.some((line) => line.id === id))),
    [chosen, layout],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `seq` changes whenever the company does
  const findings = useMemo(() => checkSatisfiability(live.state, drawn).findings, [live, seq, drawn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const slots = useMemo(() => slotsOfGates(live.state, drawn), [live, seq, drawn]);
  const { repair, refusal: repairRefusal } = useRepair();

  const attempt = useCallback(
    (label: string, next: Workflow) => {
      const refused = draft.attempt(label, next);
      setRefusal(refused);
      announce(refused ?? label);
      return refused;
    },
    [draft.attempt],
  );
  const show = useCallback((id: string | null) => {
    setChosen(new Set(id === null ? [] : [id]));
    setFocusOn(id);
    if (id !== null) setPanel((now) => (now === 'versions' ? 'inspect' : now));
  }, []);
  const refuse = (why: string) => {
    setRefusal(why);
    announce(why);
  };
  const acts = useFlowActs({ draft, layout, roles, attempt, refuse, show });
  const titleOf = (id: string) => drawn.steps.find((step) => step.id === id)?.title ?? id;
  const describe = (id: string) => {
    const item = layout.byId.get(id);
    return item?.kind === 'gate' ? `${strings.gate} ${item.gate.name}` : (item?.step.title ?? '');
  };
  const edit = () => {
    setPanel('inspect');
    requestAnimationFrame(() => {
      const field = side.current?.querySelector<HTMLInputElement>('input[type=text]');
      field?.focus();
      field?.select();
    });
  };
  const startLead = (from: string | null) => {
    lead(from);
    if (from !== null) announce(strings.connecting(titleOf(from)));
  };
  const press = useFlowKeys({
    layout,
    selected,
    acts,
    leadingFrom,
    onLead: startLead,
    onWalk: (id, adds) => {
      setChosen((before) => new Set(adds ? [...before, id] : [id]));
      setFocusOn(id);
      announce(describe(id));
    },
    onSelectAll: () => setChosen(new Set(layout.items.map(({ id }) => id))),
    onSelectNone: () => setChosen(new Set()),
    onEdit: edit,
  });
  useUndoKeys(draft.undo, draft.redo);
  useWayBack(side, stage);
  const onRepair = useCallback(
    (finding: Finding, chosenRepair: Repair) => {
      if (chosenRepair.kind !== 'allow-self-approval') return repair(drawn, finding, chosenRepair);
      attempt(
        strings.changedGate(chosenRepair.gate),
        changeGate(drawn, chosenRepair.gate, { selfApproval: 'allowed' }),
      );
    },
    [repair, attempt, drawn],
  );
  const view = useMemo<FlowView>(
    () => ({
      workflow: drawn,
      findings,
      slots,
      leadingFrom,
      onAddStep: acts.addStep,
      onAddGate: (step) => acts.addGate(step),
      onRepair,
    }),
    [drawn, findings, slots, leadingFrom, acts, onRepair],
  );
  const activeStep = layout.byId.get([...selected].at(-1) ?? '')?.step.id ?? null;
  const lastStep = drawn.steps.at(-1)?.id ?? null;
  const focusStage = () => stage.current?.focus({ preventScroll: true });
  const closeReview = (isApplied: boolean) => {
    setReviews(false);
    // The button that opened the dialog is gone with the draft.
    if (isApplied) requestAnimationFrame(focusStage);
  };
  const hasSelected = selected.size > 0;
  const onStage = (act: () => void) => () => {
    focusStage();
    act();
  };
  useActs({
    'flow.add-step': onStage(() => acts.addStep(activeStep ?? lastStep)),
    'flow.add-gate': onStage(() => acts.addGate(activeStep ?? lastStep ?? '')),
    'flow.connect': activeStep !== null && onStage(() => startLead(activeStep)),
    'flow.edit': hasSelected && edit,
    'flow.remove': hasSelected && onStage(() => acts.remove(selected)),
    'flow.review': draft.isChanged && (() => setReviews(true)),
    'flow.discard': draft.isChanged && (() => setDiscards(true)),
    'flow.undo': draft.undoLabel !== null && draft.undo,
    'flow.redo': draft.redoLabel !== null && draft.redo,
    'flow.yaml': () => setPanel('yaml'),
    'flow.versions': () => setPanel('versions'),
  });
  return (
    <FlowViewContext value={view}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <FlowToolbar
          draft={draft}
          onAddStep={() => acts.addStep(activeStep ?? lastStep)}
          onAddGate={() => acts.addGate(activeStep ?? lastStep ?? '')}
          onReview={() => setReviews(true)}
          onDiscard={() => setDiscards(true)}
        />
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <Stage label={strings.canvas} onKeyDown={press} stage={stage}>
            <FlowCanvas
              layout={layout}
              selected={selected}
              onSelect={setChosen}
              onConnect={(from, to) => (to === null ? acts.addStep(from) : acts.connect(from, to))}
              onDropPart={(part, at, isBelow) => {
                if (part === 'step') return acts.addStep(at?.step.id ?? null);
                const step = at?.step.id ?? null;
                if (step === null) return refuse(strings.dragGate);
                acts.addGate(step, isBelow ? 'after' : 'before');
              }}
              onMoveGate={(gate, at, isBelow) => {
                if (gate.kind === 'gate')
                  acts.moveGate(gate.gate.name, at.step.id, isBelow ? 'after' : 'before');
              }}
              focusOn={focusOn}
            />
            <RefusalBar refusal={refusal} onDismiss={() => setRefusal(null)} />
            {leadingFrom !== null && (
              <p className="pointer-events-none absolute inset-x-0 top-3 z-10 mx-auto w-max rounded-md border border-alive bg-raised px-3 py-1.5 shadow-raised">
                {strings.connecting(titleOf(leadingFrom))}
              </p>
            )}
          </Stage>
          <div ref={side} className="flex min-h-0">
            <FlowPanel
              kind={panel}
              onKind={setPanel}
              draft={draft}
              layout={layout}
              selected={selected}
              roles={roles}
              attempt={attempt}
              acts={acts}
              onSelect={setChosen}
              whole={
                <WorkflowInspector
                  draft={draft}
                  attempt={attempt}
                  findings={findings}
                  onRepair={onRepair}
                  refusal={repairRefusal}
                  onRemove={onRemove}
                />
              }
            />
          </div>
        </div>
      </div>
      <p aria-live="polite" className="sr-only">
        {announced}
      </p>
      {reviews && <ReviewDialog draft={draft} findings={findings} onClose={closeReview} />}
      {discards && (
        <DiscardDialog
          words={strings}
          lost={changesBetween(draft.base, drawn).map(({ what, subject, text }) =>
            what === 'gone' ? strings.discardRemoval(subject) : `${subject}: ${text}`,
          )}
          onClose={() => setDiscards(false)}
          onDiscard={() => {
            setDiscards(false);
            draft.discard();
            requestAnimationFrame(focusStage);
          }}
        />
      )}
    </FlowViewContext>
  );
}
