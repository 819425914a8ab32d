/** The file locks: who has which files, for what and until when. */
import type { LockId } from '../../core/ids.ts';
import type { FileLock } from '../../core/lock/lock.ts';
import { reasonForm } from '../acts/reason-form.ts';
import type { Screen, View } from '../model/screen.ts';
import { columns, piece } from '../text/line.ts';
import { fact } from '../text/prose.ts';
import { timeAgo, until } from '../text/times.ts';

const nameOf = ({ state }: View, { holder }: FileLock): string =>
  state.members.get(holder.memberId)?.name ?? holder.memberId;

export const locksScreen: Screen = {
  id: 'locks',
  title: 'Locks',
  count: ({ state }) => [...state.locks.values()].length,
  rows: (view) =>
    [...view.state.locks.values()]
      .sort((a, b) => (a.scope < b.scope ? -1 : 1))
      .map((lock) => ({
        id: lock.id,
        text: `${lock.scope} ${nameOf(view, lock)}`,
        line: (width) =>
          columns(
            [
              piece('alive', '▪'),
              piece('strong', lock.scope),
              nameOf(view, lock),
              piece('over', lock.intent),
              piece('over', until(lock.until, view.now)),
            ],
            [1, Math.floor(width / 3), 15, 0, 10],
            width,
          ),
      })),
  empty: [
    'No file is locked.',
    'Members lock what they write: agentcoord locks acquire <path> --intent "why".',
  ],
  detail: (view, id, width) => {
    const lock = view.state.locks.get(id as LockId);
    if (!lock) return [];
    const task = lock.holder.taskId === null ? null : view.state.tasks.get(lock.holder.taskId);
    return [
      [piece('strong', lock.scope)],
      ...fact('held by', nameOf(view, lock), width, 'alive'),
      ...fact('for', lock.intent, width),
      ...(task ? fact('task', task.title, width) : []),
      ...fact('since', timeAgo(lock.acquiredAt, view.now), width),
      ...fact('runs out', `${until(lock.until, view.now)}, unless it is renewed`, width),
      ...fact('token', String(lock.token), width),
    ];
  },
  want: () => [],
  hints: (_view, id) => (id === null ? [] : [{ key: 'x', does: 'take it away' }]),
  press: (view, id, key) => {
    const lock = view.state.locks.get(id as LockId);
    if (!lock || key !== 'x') return null;
    return reasonForm({
      title: 'Take this lock away',
      about: [
        [piece('strong', lock.scope), piece('over', ` of ${nameOf(view, lock)}`)],
        [piece('over', 'What they still write under it is refused.')],
      ],
      verb: 'take it',
      done: `“${lock.scope}” is free`,
      command: (reason) => ({ type: 'lock.force_release', lockId: lock.id, reason }),
    });
  },
};
