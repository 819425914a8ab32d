/** Every built-in workflow runs to its end in a grown company, with agents that only claim, hand in and review. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { company } from './companies.ts';
import { runToTheEnd } from './simulation.ts';

const builtIn = ['feature', 'bug', 'launch', 'trading_strategy'];
const workflows = builtIn.map((name) => parse(readFileSync(`templates/workflows/${name}.yaml`, 'utf8')));

describe('a grown company', () => {
  it.each(builtIn)('finishes the workflow %s', (name) => {
    const world = company({ workflows });
    world.route(name);
    runToTheEnd(world);

    expect(world.epic().state).toBe('completed');
    for (const task of world.state.tasks.values()) {
      expect([task.title, task.state]).toEqual([
        task.title,
        task.kind === 'review' ? expect.anything() : 'done',
      ]);
    }
    for (const gate of world.state.gates.values()) {
      expect([gate.name, gate.state]).toEqual([gate.name, 'open']);
      const kinds = gate.signOffs.map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'human')).toHaveLength(gate.rule.humanRequired ? 1 : 0);
    }
  });

  it('finishes several stories of one epic side by side', () => {
    const world = company({ workflows });
    world.route('feature', { stories: ['One', 'Two', 'Three'] });
    runToTheEnd(world);
    expect(world.epic().state).toBe('completed');
    expect(world.state.tasks.dump().filter(({ kind }) => kind === 'step')).toHaveLength(18);
  });
});
