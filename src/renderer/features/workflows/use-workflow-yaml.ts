/** The workflow as a text that can be edited: what is typed is drawn as soon as it can be read, and the other way round. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RowSide } from '../../../core/merge-rows.ts';
import { namesOfCompany } from '../../../core/org/known-names.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import type { TextFinding } from '../../canvas/text-pane.tsx';
import type { YamlText } from '../../canvas/yaml-pane.tsx';
import { useConnection, useLive } from '../../lib/company-context.tsx';
import { keepIn } from '../../lib/keep-in.ts';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';
import type * as WorkflowYamlModule from './workflow-yaml.ts';

interface Typed {
  readonly text: string;
  readonly over: Workflow;
}

const settleMs = 250;

/** Null: it is being loaded. */
export function useWorkflowYaml(draft: WorkflowDraft): YamlText | null {
  const yaml = useYamlModule();
  const { live } = useConnection();
  const companyId = useLive(({ company }) => company?.id ?? '');
  const place = `workflow-text:${companyId}:${draft.drawn.id}`;
  const [source, setSource] = useState(() => localStorage.getItem(place));
  /** What is typed and could not be drawn yet, and the drawing that it was begun over. */
  const [typed, setTyped] = useState<Typed | null>(null);
  const [findings, setFindings] = useState<readonly TextFinding[]>([]);
  const [isOvertaken, setOvertaken] = useState(false);
  const { drawn } = draft;
  const written = useMemo(() => yaml?.writeWorkflow(source, drawn) ?? '', [yaml, source, drawn]);
  const latest = useRef(draft);
  latest.current = draft;

  const read = useCallback(
    ({ text, over }: Typed, side: RowSide | null = null) => {
      if (!yaml) return;
      const names = namesOfCompany(live.state);
      const outcome = yaml.readWorkflow(text, over, names, latest.current.drawn, side);
      setOvertaken(!outcome.ok && outcome.isOvertaken === true);
      if (!outcome.ok) return setFindings(outcome.findings);
      const refusal = latest.current.attempt(strings.yamlEdit, outcome.workflow);
      if (refusal !== null) return setFindings([outcome.findingOf(refusal)]);
      keepIn(localStorage, place, text);
      setSource(text);
      setTyped(null);
      setFindings([]);
    },
    [yaml, live, place],
  );
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => read(typed), settleMs);
    return () => clearTimeout(timer);
  }, [typed, read]);
  const change = useCallback(
    (text: string) => setTyped((before) => ({ text, over: before?.over ?? latest.current.drawn })),
    [],
  );
  const replace = useCallback((text: string) => setTyped({ text, over: latest.current.drawn }), []);
  if (!yaml) return null;
  return {
    text: typed?.text ?? written,
    findings: typed === null ? [] : findings,
    isPending: typed !== null && findings.length === 0,
    settle: typed !== null && isOvertaken ? (side) => read(typed, side) : null,
    change,
    replace,
  };
}

function useYamlModule(): typeof WorkflowYamlModule | null {
  const [yaml, setYaml] = useState<typeof WorkflowYamlModule | null>(null);
  useEffect(() => {
    let isWanted = true;
    void import('./workflow-yaml.ts').then((loaded) => {
      if (isWanted) setYaml(loaded);
    });
    return () => {
      isWanted = false;
    };
  }, []);
  return yaml;
}
