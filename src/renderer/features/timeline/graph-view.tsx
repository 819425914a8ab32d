/** An epic as the drawing of its steps and gates: walked by keys as one thing, with what is chosen beside it; changes are said aloud. */
import type { KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { needsMember } from '../../../core/gate/asked-slots.ts';
import type { EpicId, TaskId } from '../../../core/ids.ts';
import { layoutFlow } from '../../canvas/flow-layout.ts';
import { Inspector } from '../../canvas/inspector.tsx';
import { isArrow, walkFlow } from '../../canvas/walk-flow.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import type { GraphItem, GraphStep } from './epic-graph.ts';
import { currentItem, graphSizes, graphSteps } from './epic-graph.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import { GraphInspector } from './graph-inspector.tsx';
import { itemWords } from './item-words.ts';
import { strings } from './strings.ts';
import { useSaidChanges } from './use-said-changes.ts';

export interface GraphViewProps {
  epicId: EpicId;
  title: string;
  critical: ReadonlySet<TaskId>;
}

export function GraphView({ epicId, title, critical }: GraphViewProps) {
  const self = useSelf();
  const [, navigate] = useLocation();
  const stage = useRef<HTMLDivElement>(null);
  const [selected, select] = useState<string | null>(null);
  const [focusOn, setFocusOn] = useState<string | null>(null);
  const [walked, sayWalked] = useState('');
  // As a text it stays the same while nothing of it changes, and so does all that is placed by it.
  const drawn = useLive((state) => JSON.stringify(graphSteps(state, epicId)));
  const layout = useMemo(() => layoutFlow(JSON.parse(drawn) as GraphStep[], graphSizes), [drawn]);
  const { first, words } = useLive((state) => ({
    first: currentItem(state, layout, (gate) => needsMember(state, gate, self)),
    words: new Map(layout.items.map((item) => [item.id, itemWords(state, item, self)])),
  }));
  const changes = useSaidChanges(words);
  const item = layout.byId.get(selected ?? '');
  const open = (chosen: GraphItem) => navigate(pathOf(epicId, chosen));
  const press = (event: KeyboardEvent) => {
    const { key, target, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey || target !== stage.current) return;
    if (isArrow(key)) {
      const next = selected === null ? first : walkFlow(layout, selected, key);
      if (next !== null) {
        select(next);
        setFocusOn(next);
        sayWalked(words.get(next) ?? '');
      }
    } else if (key === 'Enter' && item) open(item);
    else if (key === 'Escape' && selected !== null) select(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex h-full min-h-0 max-md:flex-col">
      <div
        ref={stage}
        role="application"
        aria-label={strings.graph(title)}
        aria-description={strings.graphKeys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is walked by keys as one thing
        tabIndex={0}
        onKeyDown={press}
        className="relative min-h-0 min-w-0 flex-1 outline-offset-[-2px]"
      >
        <GraphCanvas
          layout={layout}
          critical={critical}
          selected={selected}
          onSelect={(id) => {
            select(id);
            stage.current?.focus({ preventScroll: true });
          }}
          onOpen={open}
          focusOn={focusOn}
          firstItem={first}
        />
      </div>
      {item && (
        <Inspector label={strings.chosen}>
          <GraphInspector item={item} isCritical={critical.has(item.step.id)} />
        </Inspector>
      )}
      <p aria-live="polite" className="sr-only">
        {walked}
      </p>
      <p aria-live="polite" className="sr-only">
        {changes}
      </p>
    </div>
  );
}

function pathOf(epicId: EpicId, item: GraphItem): string {
  return item.kind === 'gate' ? `/gates/${item.gate.name}` : `/board/${epicId}/${item.step.id}`;
}
