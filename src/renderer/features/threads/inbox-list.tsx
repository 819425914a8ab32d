/** What reached this person, the newest first, below what only they can do: sign, answer, raise a budget. */
import { useState } from 'react';
import { Link } from 'wouter';
import type { InboxView } from '../../../contract/queries.ts';
import type { ThreadId } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { classNames } from '../../design/class-names.ts';
import type { IconName } from '../../design/icon.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive, useSelf } from '../../lib/company-context.tsx';
import { formatList } from '../../lib/format.ts';
import { useAsked } from '../../lib/use-asked.ts';
import { useCommand } from '../../lib/use-command.ts';
import { InboxRow } from './inbox-row.tsx';
import { newestOfThreads } from './newest-of-threads.ts';
import { strings } from './strings.ts';
import { unreadCount } from './thread-list.ts';

const pageSize = 50;

export function InboxList({ openThread }: { openThread: ThreadId | null }) {
  const self = useSelf();
  const [shown, setShown] = useState(pageSize);
  // Each message, mark of reading, gate and question of the company makes it another one.
  const { about, unread } = useLive((state) => ({
    about: [...state.threads.values()].reduce((sum, { last }) => Math.max(sum, last), 0),
    unread: unreadCount(state, self),
  }));
  const waiting = useLive(
    ({ index }) => index.gatesByState.get('waiting').size + index.gatesByState.get('vetoed').size,
  );
  const blocked = useLive(({ index }) => index.tasksByState.get('blocked').size);
  const { answer: inbox, refusal } = useAsked('inbox', { limit: shown }, [about, unread, waiting, blocked]);
  const { run, pending } = useCommand();
  const markAll = () => void run({ type: 'board.mark_read' });
  useActs({ 'inbox.read': unread > 0 && markAll });
  if (refusal !== null) return <Notice tone="failure">{refusal}</Notice>;
  if (!inbox) return <Skeleton label={strings.loading} rows={4} />;
  const items = newestOfThreads(inbox.messages);
  const dues = duesOf(inbox);
  return (
    <div className="flex flex-col gap-3">
      {dues.length > 0 && (
        <section aria-label={strings.due} className="flex flex-col gap-1">
          <h2 className="px-2 font-medium text-needs text-xs">{strings.due}</h2>
          <ul className="flex flex-col gap-1">
            {dues.map((due) => (
              <li key={due.href}>
                <Link
                  href={due.href}
                  className={classNames(
                    'flex items-start gap-2 rounded-md border px-3 py-2',
                    due.isWarning
                      ? 'border-waiting/40 bg-waiting-soft hover:border-waiting'
                      : 'border-needs/40 bg-needs-soft hover:border-needs',
                  )}
                >
                  <Icon
                    name={due.icon}
                    className={due.isWarning ? 'mt-0.5 text-waiting' : 'mt-0.5 text-needs'}
                  />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{due.act}</span>
                    <span className="line-clamp-2 text-muted text-xs">{due.about}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {unread > 0 && (
        <Button size="small" icon="check" className="self-start" isPending={pending} onPress={markAll}>
          {strings.markAll}
        </Button>
      )}
      <ul aria-label={strings.reached} className="flex flex-col gap-1">
        {items.map((item) => (
          <li key={item.message.id}>
            <InboxRow item={item} isOpen={item.thread.thread.id === openThread} />
          </li>
        ))}
        {items.length === 0 && <li className="px-2 text-muted">{strings.noneInbox}</li>}
      </ul>
      {inbox.more && (
        <Button size="small" className="self-center" onPress={() => setShown(shown + 2 * pageSize)}>
          {strings.earlier}
        </Button>
      )}
    </div>
  );
}

interface Due {
  readonly href: string;
  readonly icon: IconName;
  readonly act: string;
  readonly about: string;
  /** Nothing stands still for it yet. */
  readonly isWarning?: boolean;
}

function duesOf({ approvals, questions, budgets }: InboxView): Due[] {
  return [
    ...approvals.map(({ gate, epic }): Due => {
      const act = gate.state === 'vetoed' ? strings.rule(gate.name) : strings.sign(gate.name);
      return { href: `/gates/${gate.id}`, icon: 'gate', act, about: epic?.title ?? strings.approval };
    }),
    ...questions.map(
      ({ task, question }): Due => ({
        href: `/board/${task.id}`,
        icon: 'reply',
        act: strings.answer(task.title),
        about: question.text,
      }),
    ),
    ...(budgets.length === 0
      ? []
      : [
          {
            href: '/costs',
            icon: 'costs',
            act: strings.budgets(budgets.length),
            about: formatList(budgets.map(({ name, state }) => strings.budgetIs(name, state === 'used_up'))),
            isWarning: true,
          } as const,
        ]),
  ];
}
