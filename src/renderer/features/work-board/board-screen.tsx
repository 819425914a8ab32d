/** The live work board: tasks by state, filtered by epic and words, with a drawer for the one that is open. */
import { useEffect, useRef, useState } from 'react';
import { Input, SearchField, ToggleButton } from 'react-aria-components';
import { useLocation } from 'wouter';
import type { EpicId, TaskId } from '../../../core/ids.ts';
import { EpicDialog } from '../../company/epic-dialog.tsx';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Icon } from '../../design/icon.tsx';
import { Page } from '../../design/page.tsx';
import { Select } from '../../design/select.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useKeys } from '../../lib/use-keys.ts';
import { boardColumns } from './board-columns.ts';
import { Column } from './column.tsx';
import { strings } from './strings.ts';
import { TaskDrawer } from './task-drawer.tsx';
import { useCardKeys } from './use-card-keys.ts';

export interface BoardScreenProps {
  epicId: EpicId | null;
  taskId: TaskId | null;
}

export function BoardScreen({ epicId, taskId }: BoardScreenProps) {
  const [, navigate] = useLocation();
  const [composing, setComposing] = useState(false);
  const [reviews, setReviews] = useState(false);
  const [text, setText] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const board = useRef<HTMLDivElement>(null);
  const { columns, epics, isEmpty } = useLive((state) => ({
    columns: boardColumns(state, { epicId, reviews, text }),
    epics: [...state.epics.values()].sort((a, b) => b.createdAt - a.createdAt),
    isEmpty: state.tasks.size === 0,
  }));
  useEffect(() => {
    if (taskId) cardOf(board.current, taskId)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [taskId]);
  const base = epicId ? `/board/${epicId}` : '/board';
  const closeTask = () => {
    navigate(base);
    if (taskId) cardOf(board.current, taskId)?.focus();
  };
  useKeys({
    n: () => setComposing(true),
    r: () => setReviews(!reviews),
    '/': () => search.current?.focus(),
    // biome-ignore lint/correctness/noComponentHookFactories: the name of a key, not a component
    Escape: () => taskId && closeTask(),
  });
  useCardKeys(board);
  const start = (
    <Button look="primary" icon="plus" onPress={() => setComposing(true)}>
      {strings.newEpic}
    </Button>
  );
  return (
    <Page
      title={strings.title}
      fixed
      actions={start}
      beside={
        <div className="flex items-center gap-2 pl-2 max-md:order-last max-md:w-full max-md:flex-wrap max-md:pl-0">
          <Select
            label={strings.filterEpic}
            hideLabel
            value={epicId ?? ''}
            onChange={(id) => navigate(id ? `/board/${id}` : '/board')}
            className="w-52 max-md:w-full"
            options={[
              { value: '', label: strings.allEpics },
              ...epics.map(({ id, title }) => ({ value: id as string, label: title })),
            ]}
          />
          <SearchField
            aria-label={strings.filter}
            value={text}
            onChange={setText}
            className="relative flex items-center text-faint"
          >
            <Icon name="search" className="pointer-events-none absolute left-2" />
            <Input
              ref={search}
              placeholder={strings.filter}
              className="h-8 w-40 rounded-md border border-line-strong/60 bg-raised pr-2 pl-8 text-ink placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
            />
          </SearchField>
          <ToggleButton
            isSelected={reviews}
            onChange={setReviews}
            className="flex h-8 items-center gap-1.5 rounded-md border border-line-strong/60 px-2.5 text-muted data-selected:border-alive data-hovered:bg-hover data-selected:text-ink"
          >
            <Icon name="gate" className={reviews ? 'text-alive' : ''} />
            {strings.reviews}
          </ToggleButton>
        </div>
      }
    >
      <EpicDialog isOpen={composing} onClose={() => setComposing(false)} />
      {isEmpty ? (
        <EmptyState title={strings.empty} action={start}>
          {strings.emptyMore}
        </EmptyState>
      ) : (
        <div className="flex h-full min-w-0">
          <div
            ref={board}
            className="flex h-full min-w-0 flex-1 gap-2 overflow-x-auto px-4 pt-1 pb-4 max-md:snap-x max-md:snap-mandatory"
          >
            {columns.map((column) => (
              <Column
                key={column.id}
                column={column}
                hrefOf={({ id }) => `${base}/${id}`}
                openTask={taskId}
                hideEpic={epicId !== null}
              />
            ))}
          </div>
          {taskId && <TaskDrawer key={taskId} taskId={taskId} onClose={closeTask} />}
        </div>
      )}
    </Page>
  );
}

function cardOf(board: HTMLElement | null, taskId: TaskId): HTMLElement | null {
  return board?.querySelector(`[data-task="${CSS.escape(taskId)}"]`) ?? null;
}
