/** What an artifact is, told from its name and its bytes: that decides how it is shown. */

export type ArtifactKind = 'markdown' | 'svg' | 'image' | 'diff' | 'text' | 'binary';

const byExtension: Readonly<Record<string, ArtifactKind>> = {
  md: 'markdown',
  markdown: 'markdown',
  svg: 'svg',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  webp: 'image',
  diff: 'diff',
  patch: 'diff',
};

const probedBytes = 4_096;

export function artifactKind(path: string, bytes: Uint8Array): ArtifactKind {
  const kind = byExtension[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (kind === 'image') return kind;
  // A file with a zero byte near its start is not text, whatever its name says.
  if (bytes.subarray(0, probedBytes).includes(0)) return 'binary';
  return kind ?? 'text';
}
