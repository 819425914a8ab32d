/** What is different, each thing in a line. */
import type { Tone } from '../../design/tag.tsx';
import { Tag } from '../../design/tag.tsx';
import { strings } from './strings.ts';
import type { WorkflowChange } from './workflow-changes.ts';

const tones: Readonly<Record<WorkflowChange['what'], Tone>> = {
  new: 'alive',
  gone: 'failure',
  changed: 'waiting',
};

export function ChangeList({ changes }: { changes: readonly WorkflowChange[] }) {
  return (
    <ul aria-label={strings.changes} className="flex flex-col gap-1">
      {changes.map(({ what, subject, text }) => (
        <li key={`${what} ${subject} ${text}`} className="flex items-start gap-2">
          <Tag tone={tones[what]}>{strings.whats[what]}</Tag>
          <span className="min-w-0 flex-1 break-words">
            <span className="font-medium">{subject}</span> <span className="text-muted">{text}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
