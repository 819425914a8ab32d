/** The panel of an editor that draws: what is selected, the whole as YAML, or its versions. */
import type { ReactNode } from 'react';
import { Segmented } from '../design/segmented.tsx';
import { Inspector } from './inspector.tsx';

const panelKinds = ['inspect', 'yaml', 'versions'] as const;
export type PanelKind = (typeof panelKinds)[number];

export interface EditorPanelProps {
  kind: PanelKind;
  onKind: (kind: PanelKind) => void;
  words: { readonly panel: string } & Readonly<Record<PanelKind, string>>;
  children: ReactNode;
}

export function EditorPanel({ kind, onKind, words, children }: EditorPanelProps) {
  return (
    <Inspector
      label={words.panel}
      wide={kind === 'yaml'}
      head={
        <Segmented
          label={words.panel}
          value={kind}
          onChange={onKind}
          segments={panelKinds.map((value) => ({ value, label: words[value] }))}
        />
      }
    >
      {children}
    </Inspector>
  );
}
