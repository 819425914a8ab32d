/** What the command palette offers. */
import { expect, it } from 'vitest';
import type { PaletteAsked } from '../../src/renderer/app/palette/palette-items.ts';
import { paletteItems } from '../../src/renderer/app/palette/palette-items.ts';
import { company } from '../core/companies.ts';
import type { World } from '../core/kit.ts';

const steps = {
  name: 'one_step',
  steps: [{ id: 'build', title: 'Build the engine', role: 'engineer' }],
};

function world(): World {
  const made = company({ workflows: [steps] });
  made.route('one_step');
  made.do('ann', { type: 'thread.start', title: 'Engine or motor?', text: 'Which word?' });
  return made;
}

const asked = (made: World, text: string): PaletteAsked => ({
  ...{ state: made.state, self: made.member('owner').id, text },
  isOffered: () => false,
});

const names = (made: World, text: string) =>
  paletteItems(asked(made, text)).map(({ name, kind }) => `${kind}: ${name}`);

it('offers screens and commands before anything is typed', () => {
  const offered = names(world(), '');
  expect(offered.slice(0, 2)).toEqual(['screen: Go to Home', 'screen: Go to Work board']);
  expect(offered).toContain('command: Start an epic');
});

it('finds whatever has such a name, beginnings first', () => {
  expect(names(world(), 'eng')).toEqual(['thread: Engine or motor?', 'task: Build the engine']);
  expect(names(world(), 'engine build')).toEqual(['task: Build the engine']);
});

it('finds workflows, settings, and how things look', () => {
  expect(names(world(), 'one_step')).toEqual(['workflow: one_step']);
  expect(names(world(), 'settings tokens')).toEqual(['setting: Settings: Access tokens']);
  expect(names(world(), 'density')).toEqual(['command: Switch the density']);
});

it('finds by id, and puts commands before names', () => {
  const made = world();
  expect(names(made, made.task('Build the engine').id)).toEqual(['task: Build the engine']);
  expect(names(made, 'start')[0]).toBe('command: Start an epic');
});

it('offers to resume only what rests', () => {
  const made = world();
  expect(names(made, 'resume')).toEqual([]);
  made.do('owner', { type: 'company.pause', reason: 'lunch' });
  expect(names(made, 'resume')).toEqual(['command: Resume the company']);
  expect(names(made, 'pause')).toEqual([]);
  expect(names(made, 'stop')).toEqual(['command: Stop everything…']);
  made.do('owner', { type: 'company.stop', reason: 'fire' });
  expect(names(made, 'stop')).toEqual([]);
});

it('offers what can be done to a thing, by a word of what to do and a part of its name', () => {
  const made = world();
  expect(names(made, 'cancel engine')).toEqual(['command: Cancel Build the engine…']);
  expect(names(made, 'urgent build')).toEqual(['command: Make Build the engine urgent']);
  expect(names(made, 'reply motor')).toEqual(['command: Reply in Engine or motor?…']);
  expect(names(made, 'show ann')).toContain('command: Show ann in the org chart');
  const [move] = paletteItems(asked(made, 'move engine'));
  const { id, epicId } = made.task('Build the engine');
  expect(move?.does).toEqual({ kind: 'ask', id: 'task.move', about: id, path: `/board/${epicId}/${id}` });
});

it('offers first what the screen can do that is shown, and only there what needs a selection', () => {
  const made = world();
  expect(names(made, 'duplicate')).toEqual([]);
  const onChart = paletteItems({ ...asked(made, ''), isOffered: (id) => id === 'org.duplicate' });
  expect(onChart[0]).toMatchObject({ name: 'Duplicate what is selected', does: { path: null } });
});

it('offers every company but the one that is shown', () => {
  const { state } = world();
  const others = [
    { id: state.company?.id as never, name: 'Here', template: 'Startup' },
    { id: 'company_other00000' as never, name: 'Zenith', template: 'Startup' },
  ];
  const asked = { state, self: null, companies: others, isOffered: () => false };
  expect(paletteItems({ ...asked, text: 'zen' }).map(({ name }) => name)).toEqual(['Switch to Zenith']);
  expect(paletteItems({ ...asked, text: 'switch to here' })).toEqual([]);
});
