/** One artifact with its name, size and hash over its content. */
import { useState } from 'react';
import type { Artifact } from '../../core/task/task.ts';
import { Button } from '../design/button.tsx';
import { Hash } from '../design/hash.tsx';
import { Notice } from '../design/notice.tsx';
import { Segmented } from '../design/segmented.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { saveFile } from '../lib/files.ts';
import { formatBytes } from '../lib/format.ts';
import { asCoordError } from '../lib/use-command.ts';
import { ArtifactContent, PlainText, text } from './artifact-content.tsx';
import { artifactKind } from './artifact-kind.ts';
import { strings } from './strings.ts';
import type { ArtifactBytes } from './use-artifact.ts';
import { useArtifact } from './use-artifact.ts';

type View = 'rendered' | 'source';

export function ArtifactView({ artifact }: { artifact: Artifact }) {
  const { data, error } = useArtifact(artifact.hash);
  const [view, setView] = useState<View>('rendered');
  const kind = data && artifactKind(artifact.path, data.bytes);
  const hasSource = kind === 'markdown' || kind === 'svg';
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-1.5">
        <span className="font-mono text-faint text-xs">{formatBytes(artifact.bytes)}</span>
        <Hash value={artifact.hash} label={strings.copyHash(artifact.path)} />
        <span className="flex-1" />
        {hasSource && (
          <Segmented
            label={strings.artifactView}
            value={view}
            onChange={setView}
            segments={[
              { value: 'rendered', label: strings.artifactRendered },
              { value: 'source', label: strings.artifactSource },
            ]}
          />
        )}
        {data && (
          <Button look="quiet" size="small" icon="tail" onPress={() => save(artifact.path, data)}>
            {strings.artifactSave}
          </Button>
        )}
      </div>
      {error && (
        <Notice tone="failure" title={strings.artifactFailed} className="m-4">
          {asCoordError(error).message}
        </Notice>
      )}
      {!data && !error && <Skeleton label={strings.artifactLoading} className="p-4" />}
      {data &&
        kind &&
        (hasSource && view === 'source' ? (
          <PlainText text={text(data.bytes)} />
        ) : (
          <ArtifactContent kind={kind} path={artifact.path} {...data} />
        ))}
    </div>
  );
}

function save(path: string, { bytes }: ArtifactBytes): void {
  const content = new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' });
  void saveFile(path.slice(path.lastIndexOf('/') + 1), content);
}
