/** The workflow as YAML beside its drawing: either one is edited, the other follows. */
import { openTextFile, saveFile } from '../../canvas/files.ts';
import { TextPane } from '../../canvas/text-pane.tsx';
import { Button } from '../../design/button.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';
import { useWorkflowYaml } from './use-workflow-yaml.ts';

export function YamlView({ draft }: { draft: WorkflowDraft }) {
  const yaml = useWorkflowYaml(draft);
  if (!yaml) return <Skeleton label={strings.loading} className="m-4 h-40" />;
  const { text, findings, isPending, change } = yaml;
  const isBroken = findings.length > 0;
  const open = async () => {
    const file = await openTextFile('.yaml,.yml,text/yaml');
    if (file) change(file.text);
  };
  return (
    <>
      <div className="flex items-center gap-2 border-line border-b px-3 py-1.5">
        <p role="status" className="flex min-w-0 flex-1 items-center gap-2 text-muted text-xs">
          <StatusDot status={isBroken ? 'failure' : isPending ? 'waiting' : 'done'} />
          <span className="truncate">
            {isBroken ? strings.yamlBroken : isPending ? strings.yamlChecking : strings.yamlSame}
          </span>
        </p>
        <Button size="small" look="quiet" icon="file" onPress={() => void open()}>
          {strings.open}
        </Button>
        <Button
          size="small"
          look="quiet"
          icon="tail"
          onPress={() => saveFile(`${draft.drawn.id}.yaml`, new Blob([text], { type: 'text/yaml' }))}
        >
          {strings.save}
        </Button>
      </div>
      <TextPane
        label={strings.yamlLabel}
        text={text}
        onChange={change}
        findings={findings}
        findingsLabel={strings.yamlFindings}
        lineWord={strings.yamlLine}
      />
    </>
  );
}
