/** What the page says of hosts and of what no longer fits: in words, with names in place of ids, to whoever may decide. */
import { expect, it } from 'vitest';
import type { ConflictId, HostId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { commandFields, commandSubject, commandWords } from '../../src/renderer/company/describe-command.ts';
import { hostLabel } from '../../src/renderer/company/host-label.ts';
import { whyNotDecide } from '../../src/renderer/company/who-decides.ts';
import { hostOfWorker, hostRows } from '../../src/renderer/features/workers/host-rows.ts';
import { company } from '../core/companies.ts';

const release = { name: 'release', steps: [{ id: 'build', title: 'Build', role: 'engineer' }] };

function routed() {
  const world = company({ workflows: [release] });
  world.route('release');
  return world;
}

it('tells a command with the names of what it is about', () => {
  const world = routed();
  const { id } = world.task('Build');
  const command = { type: 'task.prioritize', taskId: id, priority: 'URGENT' };
  expect(commandWords(command)).toBe('Change the priority of a task');
  expect(commandSubject(world.state, command)).toEqual({ title: 'Build', href: `/board/${id}` });
  expect(commandFields(world.state, command)).toEqual([
    { name: 'task', value: 'Build' },
    { name: 'priority', value: 'URGENT' },
  ]);
});

it('tells what was to be made, and leaves out what was not said', () => {
  const { state } = routed();
  const member = { name: 'zoe', role: 'engineer', also: [], tags: ['web', 'api'], max_concurrent: 2 };
  const command = { type: 'member.add', teamId: null, member };
  expect(commandSubject(state, command)).toEqual({ title: 'zoe', href: null });
  expect(commandFields(state, command)).toEqual([
    { name: 'member name', value: 'zoe' },
    { name: 'member role', value: 'engineer' },
    { name: 'member tags', value: 'web, api' },
    { name: 'member max concurrent', value: '2' },
  ]);
});

it('shows what it does not know as it is', () => {
  const { state } = routed();
  const command = { type: 'task.teleport', taskId: 'task_nowhere', by: { force: true } };
  expect(commandWords(command)).toBe('task.teleport');
  expect(commandWords({ type: 'toString' })).toBe('toString');
  expect(commandSubject(state, command)).toBe(null);
  expect(commandFields(state, command)).toEqual([
    { name: 'task', value: 'task_nowhere' },
    { name: 'by force', value: 'true' },
  ]);
});

it('lets the owner decide, and tells others why not', () => {
  const world = routed();
  const id = 'conflict_1' as ConflictId;
  const why = (name: string) => whyNotDecide(world.state, world.member(name).id, id);
  expect(why('owner')).toBe(null);
  expect(why('ann')).toContain('ann may not apply this again: a person must');
  expect(whyNotDecide(world.state, null, id)).not.toBe(null);
});

it('lists hosts with what each has, those that are there first, and tells equal names apart', () => {
  const { state } = routed();
  const [one, two, gone] = ['host_aaaaaa1111', 'host_bbbbbb2222', 'host_cccccc3333'] as HostId[];
  const at = (ms: number) => ms as EpochMs;
  const add = (id: HostId | undefined, name: string, rest: object) =>
    id &&
    state.hosts.put({ id, name, state: 'there', joinedAt: at(1), goneAt: null, cutOffSince: null, ...rest });
  add(gone, 'attic', { state: 'lost', goneAt: at(9) });
  add(one, 'desk', { cutOffSince: at(5) });
  expect(hostOfWorker(state, null)).toBe(null);
  add(two, 'desk', {});
  expect(hostRows(state)).toMatchObject([
    { id: one, name: 'desk …1111', standing: 'cut-off', since: 5, workers: 0, tasks: 0 },
    { id: two, name: 'desk …2222', standing: 'there', since: 1 },
    { id: gone, name: 'attic', standing: 'lost', since: 9 },
  ]);
  expect(one && hostOfWorker(state, one)).toBe('desk …1111');
  expect(hostLabel(state, 'host_unheard' as HostId)).toBe('host_unheard');
});
