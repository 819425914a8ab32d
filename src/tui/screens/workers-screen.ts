/** The workers: who runs, on what, since when; and what one of them says, live. */
import type { WorkerId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';
import type { Worker } from '../../core/worker/worker.ts';
import { reasonForm } from '../acts/reason-form.ts';
import type { Screen, View } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { columns, piece } from '../text/line.ts';
import { markOf, stateWord } from '../text/marks.ts';
import { prose } from '../text/prose.ts';
import { ago } from '../text/times.ts';

/** Of a line that a worker has written, in characters: more of it is in its log file. */
const longestLine = 2_000;

const lives = ({ endedAt }: Worker): boolean => endedAt === null;

export const workersScreen: Screen = {
  id: 'workers',
  title: 'Workers',
  count: ({ state }) => [...state.workers.values()].filter(lives).length,
  rows: (view) =>
    workersOf(view).map((worker) => ({
      id: worker.id,
      text: nameOf(view.state, worker),
      line: rowOf(worker, view),
    })),
  empty: ['Nobody works.', 'A worker starts for each agent that has work; n on Tasks creates some.'],
  detail: ({ state, fetched }, id, width) => {
    const worker = state.workers.get(id as WorkerId);
    if (!worker) return [];
    const head: Line = [
      piece('strong', nameOf(state, worker)),
      piece(
        'over',
        `  ${worker.runner} by ${worker.launcher}${worker.pid === null ? '' : `, process ${worker.pid}`}`,
      ),
    ];
    const log = fetched.log?.flatMap((line) => prose(logLine(line), width));
    const why: Line[] = worker.exitReason === null ? [] : [[piece('waiting', worker.exitReason)]];
    return [head, ...why, ...(log ?? [[piece('over', 'It has said nothing yet.')]])];
  },
  followsEnd: true,
  want: (_view, id) => (id === null ? [] : [{ kind: 'log', workerId: id as WorkerId }]),
  hints: (view, id) => {
    const worker = view.state.workers.get(id as WorkerId);
    const all = { key: 'a', does: view.showsAll ? 'only live' : 'also ended' };
    if (!worker || !lives(worker)) return [all];
    return [
      { key: 'enter', does: 'its log' },
      { key: 'p', does: worker.pause ? 'let it go on' : 'pause' },
      { key: 'd', does: 'drain' },
      { key: 'x', does: 'end' },
      all,
    ];
  },
  press: ({ state }, id, key) => {
    if (key === 'a') return { kind: 'show-all' };
    const worker = state.workers.get(id as WorkerId);
    if (!worker || !lives(worker)) return null;
    const name = nameOf(state, worker);
    const workerId = worker.id;
    if (key === 'd') {
      return {
        kind: 'command',
        command: { type: 'worker.drain', workerId },
        done: `${name} finishes and ends`,
      };
    }
    if (key === 'p' && worker.pause) {
      return { kind: 'command', command: { type: 'worker.resume', workerId }, done: `${name} goes on` };
    }
    if (key === 'p') {
      return reasonForm({
        title: `Pause ${name}`,
        about: [[piece('over', 'It takes no further task; what it has it goes on with.')]],
        verb: 'pause it',
        done: `${name} rests`,
        isDanger: false,
        command: (reason) => ({ type: 'worker.pause', workerId, reason }),
      });
    }
    if (key !== 'x') return null;
    return reasonForm({
      title: `End the worker of ${name}`,
      about: [[piece('over', 'Its process is killed at once, and its tasks go back.')]],
      verb: 'end it',
      done: `The worker of ${name} is ended`,
      command: (reason) => ({ type: 'worker.end', workerId, outcome: 'stopped', reason }),
    });
  },
};

const nameOf = (state: CompanyState, { memberId }: Worker): string =>
  state.members.get(memberId)?.name ?? memberId;

function workersOf({ state, showsAll }: View): Worker[] {
  const all = [...state.workers.values()].sort((a, b) => b.startedAt - a.startedAt);
  const live = all.filter(lives).sort((a, b) => (nameOf(state, a) < nameOf(state, b) ? -1 : 1));
  return showsAll ? [...live, ...all.filter((worker) => !lives(worker))] : live;
}

function tasksOf(state: CompanyState, { id, memberId }: Worker): Task[] {
  return [...state.index.leasedByMember.get(memberId)].filter(({ lease }) => lease?.workerId === id);
}

const rowOf =
  (worker: Worker, { state, now }: View) =>
  (width: number): Line => {
    const tasks = tasksOf(state, worker);
    const isSilent = lives(worker) && now - worker.lastSeenAt > (state.company?.policy.heartbeat ?? 0) * 4;
    const seen = ago(worker.lastSeenAt, now);
    const works = tasks.map(({ title }) => title).join(', ');
    return columns(
      [
        markOf(worker.state === 'ready' ? (tasks.length > 0 ? 'working' : 'available') : worker.state),
        piece('strong', nameOf(state, worker)),
        worker.pause ? piece('waiting', 'paused') : stateWord(worker.state),
        works === '' ? piece('over', 'waits for work') : works,
        isSilent ? piece('failed', `silent ${seen}`) : piece('over', ago(worker.startedAt, now)),
      ],
      [1, width < 90 ? 15 : 20, 9, 0, isSilent ? 13 : 6],
      width,
    );
  };

/** Its time of day, and what was said. */
function logLine(raw: string): string {
  const [, time, text] = /^\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)(?:\.\d+)?Z +(.*)$/s.exec(raw) ?? [];
  const line = time === undefined ? raw : `${time} ${text ?? ''}`;
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
