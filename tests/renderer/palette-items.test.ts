/** What the command palette offers. */
import { expect, it } from 'vitest';
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

const names = (made: World, text: string) =>
  paletteItems(made.state, text).map(({ name, kind }) => `${kind}: ${name}`);

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
