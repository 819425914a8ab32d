/** What was asked about a task, and the answers; the question that waits for this person has a field for theirs. */
import { useRef, useState } from 'react';
import { openQuestion } from '../../../core/task/questions.ts';
import type { Task, TaskQuestion } from '../../../core/task/task.ts';
import { ArtifactTabs } from '../../company/artifact-tabs.tsx';
import { mayAnswer } from '../../company/may-answer.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { Ago } from '../../lib/ago.tsx';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { useIsPast } from '../../lib/moment.ts';
import { useCommand } from '../../lib/use-command.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { strings } from './strings.ts';

export function QuestionList({ task }: { task: Task }) {
  const self = useSelf();
  const isPast = useIsPast();
  const open = openQuestion(task);
  const answers = useLive((state) => !isPast && open !== null && mayAnswer(state, self, open));
  return (
    <ol className="flex flex-col gap-2">
      {task.questions.map((question) => (
        <li key={question.number} className="rounded-md border border-line px-3 py-2">
          <QuestionText question={question} />
          {question === open && answers && <AnswerForm key={question.number} task={task} question={open} />}
        </li>
      ))}
    </ol>
  );
}

function QuestionText({ question: { by, to, text, at, answer } }: { question: TaskQuestion }) {
  const [asker, asked, answerer] = useLive((state) =>
    [by, to, answer?.by].map((id) => (id ? (state.members.get(id)?.name ?? id) : '')),
  );
  return (
    <>
      <p className="flex justify-between gap-2 text-muted text-xs">
        {strings.askedBy(asker ?? '', asked ?? '')}
        <Ago at={at} />
      </p>
      <p className="mt-0.5 whitespace-pre-wrap break-words">{text}</p>
      {answer === null ? (
        <p className="mt-1 text-waiting text-xs">{strings.noAnswer}</p>
      ) : (
        <div className="mt-2 border-line-strong/60 border-l-2 pl-3">
          <p className="flex justify-between gap-2 text-muted text-xs">
            {strings.answeredBy(answerer ?? '')}
            <Ago at={answer.at} />
          </p>
          {answer.text && <p className="mt-0.5 whitespace-pre-wrap break-words">{answer.text}</p>}
          {answer.artifacts.length > 0 && <ArtifactTabs artifacts={answer.artifacts} />}
        </div>
      )}
    </>
  );
}

function AnswerForm({ task, question }: { task: Task; question: TaskQuestion }) {
  const [text, setText] = useDraft(`${task.id} ${question.number}`);
  const [isMissing, setMissing] = useState(false);
  const { run, pending, refusal } = useCommand();
  const field = useRef<HTMLTextAreaElement>(null);
  useActs({ 'task.answer': () => field.current?.focus() }, task.id);
  const answer = async () => {
    setMissing(text.trim() === '');
    if (text.trim() === '') return;
    const command = { type: 'task.answer_question', taskId: task.id, number: question.number, text } as const;
    if (await run(command)) {
      setText('');
      toast('alive', strings.answered);
    }
  };
  return (
    <div className="mt-3 flex flex-col gap-2">
      <Field
        label={strings.answer}
        value={text}
        onChange={setText}
        error={isMissing ? strings.answerMissing : null}
        lines={3}
        inputRef={field}
      />
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      <span>
        <Button look="primary" icon="reply" isPending={pending} onPress={() => void answer()}>
          {strings.giveAnswer}
        </Button>
      </span>
    </div>
  );
}
