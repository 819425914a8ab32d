/** What is drawn as YAML beside its drawing: either one is edited, the other follows. */
import type { RowSide } from '../../core/merge-rows.ts';
import { Button } from '../design/button.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusDot } from '../design/status-dot.tsx';
import { openYamlFile, saveFile } from '../lib/files.ts';
import type { TextFinding } from './text-pane.tsx';
import { TextPane } from './text-pane.tsx';

export interface YamlText {
  readonly text: string;
  readonly findings: readonly TextFinding[];
  /** It is being read. */
  readonly isPending: boolean;
  /** Says what holds where it and the drawing changed the same since it was begun; null: they did not. */
  readonly settle: ((side: RowSide) => void) | null;
  readonly change: (text: string) => void;
  /** A whole other text, such as that of a file. */
  readonly replace: (text: string) => void;
}

export interface YamlWords {
  readonly loading: string;
  readonly open: string;
  readonly save: string;
  readonly yamlLabel: string;
  readonly yamlFindings: string;
  readonly yamlLine: (line: number) => string;
  readonly yamlBroken: string;
  readonly yamlChecking: string;
  readonly yamlSame: string;
  readonly yamlMine: string;
  readonly yamlTheirs: string;
}

export interface YamlPaneProps {
  /** Null: it is being loaded. */
  yaml: YamlText | null;
  fileName: string;
  words: YamlWords;
}

export function YamlPane({ yaml, fileName, words }: YamlPaneProps) {
  if (!yaml) return <Skeleton label={words.loading} className="m-4 h-40" />;
  const { text, findings, isPending, settle } = yaml;
  const isBroken = findings.length > 0;
  const open = async () => {
    const file = await openYamlFile();
    if (file) yaml.replace(file.text);
  };
  return (
    <>
      <div className="flex items-center gap-2 border-line border-b px-3 py-1.5">
        <p role="status" className="flex min-w-0 flex-1 items-center gap-2 text-muted text-xs">
          <StatusDot status={isBroken ? 'failure' : isPending ? 'waiting' : 'done'} />
          <span className="truncate">
            {isBroken ? words.yamlBroken : isPending ? words.yamlChecking : words.yamlSame}
          </span>
        </p>
        <Button size="small" look="quiet" icon="file" onPress={() => void open()}>
          {words.open}
        </Button>
        <Button
          size="small"
          look="quiet"
          icon="tail"
          onPress={() => void saveFile(fileName, new Blob([text], { type: 'text/yaml' }))}
        >
          {words.save}
        </Button>
      </div>
      <TextPane
        label={words.yamlLabel}
        text={text}
        onChange={yaml.change}
        findings={findings}
        findingsLabel={words.yamlFindings}
        lineWord={words.yamlLine}
      />
      {settle && (
        <div className="flex shrink-0 flex-wrap justify-end gap-2 border-line border-t px-3 py-2">
          <Button size="small" onPress={() => settle('theirs')}>
            {words.yamlTheirs}
          </Button>
          <Button size="small" onPress={() => settle('mine')}>
            {words.yamlMine}
          </Button>
        </div>
      )}
    </>
  );
}
