/** The company as a text that can be edited: what is typed becomes the chart as soon as it can be read, and the other way round. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RowSide } from '../../../core/merge-rows.ts';
import type { OrgChart } from '../../../core/org/chart/org-chart.ts';
import type { WorkflowFile } from '../../../core/workflow/workflow-file.ts';
import { workflowFileSchema } from '../../../core/workflow/workflow-file.ts';
import type { TextFinding } from '../../canvas/text-pane.tsx';
import type { YamlText } from '../../canvas/yaml-pane.tsx';
import { useCoordination } from '../../lib/company-context.tsx';
import type { readChart, writeChart } from './company-yaml.ts';
import { keepText, keptText } from './kept-text.ts';
import { strings } from './strings.ts';
import { useCompanyAbout } from './use-company-about.ts';
import type { OrgDraft } from './use-org-draft.ts';

interface YamlModule {
  readonly readChart: typeof readChart;
  readonly writeChart: typeof writeChart;
}

interface Typed {
  readonly text: string;
  readonly over: OrgChart;
}

const settleMs = 250;

/** Null: it is being loaded. */
export function useCompanyYaml(draft: OrgDraft): YamlText | null {
  const yaml = useYamlModule();
  const builtins = useBuiltinWorkflows();
  const about = useCompanyAbout();
  const { chart } = draft.drawn;
  const [source, setSource] = useState(() => keptText(about.id));
  /** What is typed and could not become the chart yet, and the chart that it was begun over. */
  const [typed, setTyped] = useState<Typed | null>(null);
  const [findings, setFindings] = useState<readonly TextFinding[]>([]);
  const [isOvertaken, setOvertaken] = useState(false);
  const { id: companyId, template, version } = about;
  const written = useMemo(
    () => yaml?.writeChart(source, chart, { template, version }) ?? '',
    [yaml, source, chart, template, version],
  );
  const latest = useRef({ chart, attempt: draft.attempt, written });
  latest.current = { chart, attempt: draft.attempt, written };

  const keep = useCallback(
    (text: string) => {
      keepText(companyId, text);
      setSource(text);
      setTyped(null);
      setFindings([]);
    },
    [companyId],
  );
  const read = useCallback(
    ({ text, over }: Typed, side: RowSide | null = null) => {
      if (!yaml) return;
      const outcome = yaml.readChart(text, over, builtins, latest.current.chart, side);
      setOvertaken(!outcome.ok && outcome.isOvertaken === true);
      if (!outcome.ok) return setFindings(outcome.findings);
      const refusal = latest.current.attempt(strings.yamlEdit, outcome.edits);
      if (refusal === null) keep(text);
      else setFindings([outcome.findingOf(refusal)]);
    },
    [yaml, builtins, keep],
  );
  useEffect(() => {
    if (typed === null) return;
    const timer = setTimeout(() => read(typed), settleMs);
    return () => clearTimeout(timer);
  }, [typed, read]);

  const change = useCallback(
    (text: string) => setTyped((before) => ({ text, over: before?.over ?? latest.current.chart })),
    [],
  );
  const replace = useCallback(
    (text: string) => {
      const whole = { text, over: latest.current.chart };
      setTyped(whole);
      read(whole);
    },
    [read],
  );
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

function useYamlModule(): YamlModule | null {
  const [yaml, setYaml] = useState<YamlModule | null>(null);
  useEffect(() => {
    let isWanted = true;
    void (async () => {
      const { readChart, writeChart } = await import('./company-yaml.ts');
      if (isWanted) setYaml({ readChart, writeChart });
    })();
    return () => {
      isWanted = false;
    };
  }, []);
  return yaml;
}

const noWorkflows: ReadonlyMap<string, WorkflowFile> = new Map();

function useBuiltinWorkflows(): ReadonlyMap<string, WorkflowFile> {
  const coordination = useCoordination();
  const { data } = useQuery({
    queryKey: ['built-in-templates'],
    queryFn: () => coordination().templates(),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(
    () =>
      data
        ? new Map(data.workflows.map((file) => [String(file.name), workflowFileSchema.parse(file)]))
        : noWorkflows,
    [data],
  );
}
