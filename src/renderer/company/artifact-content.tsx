/** The content of an artifact: Markdown and pictures rendered, diffs coloured, the rest as text. Nothing in it can run. */
import { formatBytes } from '../lib/format.ts';
import type { ArtifactKind } from './artifact-kind.ts';
import { CodeBox } from './code-box.tsx';
import { DiffView } from './diff-view.tsx';
import { MarkdownView } from './markdown-view.tsx';
import { strings } from './strings.ts';

export interface ArtifactContentProps {
  kind: ArtifactKind;
  path: string;
  bytes: Uint8Array;
  base64: string;
}

export function ArtifactContent({ kind, path, bytes, base64 }: ArtifactContentProps) {
  switch (kind) {
    case 'markdown':
      return <MarkdownView text={text(bytes)} />;
    case 'svg':
      // In an <img> a picture can neither run scripts nor load anything.
      return <Picture path={path} source={`data:image/svg+xml;base64,${base64}`} />;
    case 'image':
      return <Picture path={path} source={`data:${imageType(path)};base64,${base64}`} />;
    case 'diff':
      return <DiffView text={text(bytes)} />;
    case 'text':
      return <PlainText text={text(bytes)} />;
    case 'binary':
      return <p className="px-5 py-4 text-muted">{strings.artifactBinary(formatBytes(bytes.byteLength))}</p>;
  }
}

export function PlainText({ text: content }: { text: string }) {
  return (
    <CodeBox className="px-5 py-4">
      <code>{content}</code>
    </CodeBox>
  );
}

function Picture({ path, source }: { path: string; source: string }) {
  return (
    <div className="grid place-items-center bg-sunken p-4">
      <img src={source} alt={path} className="max-h-[60vh] max-w-full rounded-sm bg-white" />
    </div>
  );
}

function imageType(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return `image/${extension === 'jpg' ? 'jpeg' : extension}`;
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
