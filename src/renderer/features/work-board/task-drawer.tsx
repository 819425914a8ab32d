/** All about one task, beside the board: it stays live, and the board stays usable. */

import { useEffect, useRef } from 'react';
import type { TaskId } from '../../../core/ids.ts';
import type { Task } from '../../../core/task/task.ts';
import { ArtifactTabs } from '../../company/artifact-tabs.tsx';
import { AttemptList } from '../../company/attempt-list.tsx';
import { taskPhase } from '../../company/phase.ts';
import { reasonToWait } from '../../company/reason-to-wait.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Tag } from '../../design/tag.tsx';
import { Ago } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { instantOf, useIsPast, useMoment } from '../../lib/moment.ts';
import { DrawerSection } from './drawer-section.tsx';
import { NoteList } from './note-list.tsx';
import { QuestionList } from './question-list.tsx';
import { strings } from './strings.ts';
import { TaskActs } from './task-acts.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskGates } from './task-gates.tsx';

export interface TaskDrawerProps {
  taskId: TaskId;
  onClose: () => void;
}

export function TaskDrawer({ taskId, onClose }: TaskDrawerProps) {
  const task = useLive((state) => state.tasks.get(taskId));
  const isPast = useIsPast();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <aside
      aria-label={strings.drawer}
      className="flex h-full w-[min(520px,48%)] shrink-0 animate-slide-in flex-col border-line border-l bg-surface max-md:fixed max-md:inset-0 max-md:z-20 max-md:w-full max-md:border-l-0"
    >
      <header className="flex items-start gap-2 px-5 pt-4 pb-3">
        <h2 ref={heading} tabIndex={-1} className="min-w-0 flex-1 break-words pt-0.5 font-semibold text-lg">
          {task?.title ?? strings.notFound}
        </h2>
        {task && !isPast && <TaskActs task={task} />}
        <Button look="quiet" icon="cross" aria-label={strings.close} onPress={onClose} />
      </header>
      {task ? <TaskBody task={task} /> : <p className="px-5 text-muted">{strings.notFoundMore}</p>}
    </aside>
  );
}

function TaskBody({ task }: { task: Task }) {
  const self = useSelf();
  const moment = useMoment();
  const because = useLive((state) => reasonToWait(state, task, self, instantOf(moment)));
  const phase = taskPhase(task);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 pb-6">
      <p className="flex flex-wrap items-center gap-2">
        <Tag tone={phase.tone}>{phase.label}</Tag>
        {because !== null && task.state !== 'failed' && (
          <span className={because.yours ? 'text-needs' : 'text-waiting'}>
            {strings.because(because.text)}
          </span>
        )}
      </p>
      {task.state === 'failed' && because !== null && <Notice tone="failure">{because.text}</Notice>}
      <TaskFacts task={task} />
      {task.description && (
        <DrawerSection title={strings.description}>
          <p className="whitespace-pre-wrap break-words">{task.description}</p>
        </DrawerSection>
      )}
      {task.questions.length > 0 && (
        <DrawerSection title={strings.questions}>
          <QuestionList task={task} />
        </DrawerSection>
      )}
      <TaskGates task={task} />
      {task.notes.length > 0 && (
        <DrawerSection title={strings.notes}>
          <NoteList notes={task.notes} />
        </DrawerSection>
      )}
      {task.kind !== 'review' && (
        <DrawerSection
          title={strings.result}
          beside={
            task.submission && (
              <span className="text-faint text-xs">
                {strings.resultOf} <Ago at={task.submission.at} />
              </span>
            )
          }
        >
          {task.submission ? (
            <ArtifactTabs artifacts={task.submission.artifacts} />
          ) : (
            <p className="text-muted">{strings.noResult}</p>
          )}
        </DrawerSection>
      )}
      {task.attempts.length > 0 && (
        <DrawerSection title={strings.attempts}>
          <AttemptList attempts={task.attempts} />
        </DrawerSection>
      )}
    </div>
  );
}
