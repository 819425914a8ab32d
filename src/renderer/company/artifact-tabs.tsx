/** The artifacts of a submission: one alone, or several in tabs. */
import type { Artifact } from '../../core/task/task.ts';
import { Card } from '../design/card.tsx';
import { Icon } from '../design/icon.tsx';
import { Tabs } from '../design/tabs.tsx';
import { ArtifactView } from './artifact-view.tsx';
import { strings } from './strings.ts';

export function ArtifactTabs({ artifacts }: { artifacts: readonly (Artifact & { from?: string })[] }) {
  return (
    <Card className="overflow-hidden">
      <Tabs
        label={strings.artifacts}
        items={artifacts.map((artifact) => ({
          // The same file may be handed in by two steps.
          id: `${artifact.from ?? ''}/${artifact.path}`,
          label: (
            <span className="flex items-center gap-1.5 font-mono text-xs" title={artifact.from}>
              <Icon name="file" className="size-3.5" />
              {artifact.path}
            </span>
          ),
          content: <ArtifactView artifact={artifact} />,
        }))}
      />
    </Card>
  );
}
