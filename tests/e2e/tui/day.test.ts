/** A day at the dashboard, by keys alone: a task, a worker and its log, a lock, the board, what was spent; in 16 colours. */
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/client/index.ts';
import type { Place } from '../../cli/place.ts';
import { newPlace } from '../../cli/place.ts';
import { expectWhole, openTerminal } from './terminal.ts';

/** The lines that a worker wrote. */
const logIn = (screen: string) => screen.split('\n').filter((line) => /\d\d:\d\d:\d\d/.test(line));

async function newCompany(workers: string): Promise<Place> {
  const place = await newPlace();
  await place.run('init', '--template', 'startup', '--name', 'Acme');
  await place.serve('--workers', workers);
  return place;
}

it('creates a task, follows the log of whoever does it, and pauses and drains the worker', async () => {
  const place = await newCompany('1');
  const size = { columns: 80, rows: 24 };
  const terminal = await openTerminal(['--data-dir', place.dataDir, 'dashboard'], size);
  await terminal.shows('The company has nothing to do yet.');
  await terminal.press('2');
  await terminal.shows('Nothing is to be done.');
  await terminal.press('n');
  await terminal.shows('New task');
  await terminal.type('Sweep 漢字 กำ क्षि 𠮷👍🏽');
  await terminal.press('C-s');
  await terminal.shows(/“Sweep .*” is created/);
  await terminal.press('a');
  expectWhole(await terminal.shows(/✓ done +Sweep 漢字/), 80);

  await terminal.press('4', 'Enter');
  await terminal.shows(/Sweep .*handed in after/);
  await using owner = await connect({ dataDir: place.dataDir });
  const chores = async (from: number, to: number) => {
    const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    await owner.createTasks(numbers.map((number) => ({ title: `Chore ${number}.` })));
    const open = async () => (await owner.query('tasks', { state: 'done' })).length;
    await expect.poll(open, { timeout: 60_000 }).toBe(to + 1);
  };
  await chores(1, 12);
  const followed = await terminal.shows(/Chore 12\. .*handed in after/);
  expectWhole(followed, 80);
  expect(followed).not.toContain('ready: works for');
  await terminal.press('g');
  const top = logIn(await terminal.shows('ready: works for'));
  await chores(13, 16);
  expect(logIn(await terminal.screen())).toEqual(top);
  await terminal.press('G');
  await terminal.shows(/Chore 1[3-6]\. .*handed in after/);

  await terminal.press('Escape');
  await terminal.shows(/ada +ready/);
  await terminal.press('p');
  await terminal.shows('It takes no further task');
  await terminal.type('lunch');
  await terminal.press('Enter');
  await terminal.shows(/ada +paused/);
  await terminal.press('p');
  await terminal.shows('goes on');
  await terminal.press('d');
  await terminal.shows('finishes and ends');
  // What the tasks show of what is over is theirs alone.
  await terminal.shows('n on Tasks creates some.');
  await terminal.press('a');
  expectWhole(await terminal.shows(/ada +stopped/), 80);
  await terminal.press('a');
  await terminal.shows('n on Tasks creates some.');
});

it('takes a lock away, talks on the board, and shows what was spent, in 16 colours', async () => {
  const place = await newCompany('0');
  await using agent = await connect({ dataDir: place.dataDir, role: 'engineer' });
  await using owner = await connect({ dataDir: place.dataDir });
  const [taskId] = await owner.createTasks([{ title: 'Think' }]);
  const task = await agent.claimTask({ taskId: taskId ?? '' });
  if (!task) throw new Error('nothing was claimed');
  onTestFinished(() => task.release('the test is over').catch(() => undefined));
  const lock = await agent.lockFile('src/漢字/**', { intent: 'to rewrite it' });
  const size = { columns: 80, rows: 24, term: 'xterm' };
  const terminal = await openTerminal(['--data-dir', place.dataDir, 'dashboard'], size);
  await terminal.shows('5 Locks 1');
  await terminal.press('5');
  expectWhole(await terminal.shows(/src\/漢字\/\*\* .*to rewrite it/), 80);
  await terminal.press('x');
  await terminal.shows('Take this lock away');
  await terminal.type('it is stale');
  await terminal.press('Enter');
  await terminal.shows('No file is locked.');
  await expect(lock.writeFile('src/漢字/a.ts', 'x')).rejects.toMatchObject({ code: 'LOCK_LOST' });

  await terminal.press('2', 'n');
  await terminal.shows('New task');
  await terminal.type('Dust');
  await terminal.press('C-s');
  // What was created is under the cursor, below what is worked on.
  await terminal.shows(/● leased +Think[\s\S]*\n▸○ ready +Dust/);

  await terminal.press('6', 'n');
  await terminal.shows('New thread');
  await terminal.type('Plan 漢字');
  await terminal.press('Tab');
  await terminal.type(`What now, @${agent.member.name}?`);
  await terminal.press('C-s');
  await terminal.shows('“Plan 漢字” is on the board');
  await terminal.press('Enter');
  await terminal.shows(`What now, @${agent.member.name}?`);
  const [said] = (await agent.inbox()).messages;
  await agent.reply(said?.thread.thread.id ?? '', 'The cellar');
  await terminal.shows('The cellar');
  await terminal.press('r');
  await terminal.shows('Reply in “Plan 漢字”');
  await terminal.type('Then the roof');
  await terminal.press('Enter');
  await terminal.shows('It is said');
  expectWhole(await terminal.shows('Then the roof'), 80);
  await expect.poll(async () => JSON.stringify(await agent.inbox())).toContain('Then the roof');

  await terminal.press('7');
  await terminal.shows('Nothing was spent.');
  const held = { taskId: task.id, token: task.token };
  const reserved = await agent.command({
    ...{ type: 'usage.reserve', ...held, model: 'claude-x', tokens: 90, money: 5_000 },
  } as never);
  const reservation = reserved.events.find(({ event }) => event.type === 'usage.reserved')?.event;
  await agent.command({
    ...{ type: 'usage.settle', tokensIn: 70, tokensOut: 9, money: 4_000 },
    reservationId: reservation && 'reservation' in reservation ? reservation.reservation.id : '',
  } as never);
  await terminal.press('1', '7');
  expectWhole(await terminal.shows(/Think +1 calls +70 in +9 out +\$0\.0040/), 80);
  await terminal.press('b');
  await terminal.shows(/claude-x +1 calls/);
  const colours = await terminal.colours();
  expect(colours).toContain('\u001b[36m');
  expect(colours).not.toContain('\u001b[38;5;');
  await terminal.press('q');
  await terminal.shows('ended with 0');
});
