/** What somebody is asked who quits while workers work. */
import { expect, it } from 'vitest';
import { quitQuestion } from '../../src/main/quit-question.ts';

const work = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ title: `Task ${n + 1}`, company: 'Night Shift' }));

it('names what is in work and what each answer does', () => {
  const { message, detail, buttons } = quitQuestion(work(2), false);
  expect(message).toBe('2 tasks are in work');
  expect(detail).toMatch(
    /^• Task 1 \(Night Shift\)\n• Task 2 \(Night Shift\)\n\nFinish first: no task more is begun/,
  );
  expect(detail).toMatch(/ten seconds to hand in or give back/);
  expect(buttons.map(({ answer }) => answer)).toEqual(['finish', 'stop', 'stay']);
});

it('asks who has said “finish first” whether they still wait', () => {
  const { message, buttons } = quitQuestion(work(1), true);
  expect(message).toBe('1 task is still in work');
  expect(buttons.map(({ answer }) => answer)).toEqual(['stay', 'stop']);
});

it('stays short, whatever agents call their tasks', () => {
  const long = { title: `Line one\n\nQuit now: ${'x'.repeat(500)}`, company: 'Acme' };
  const { detail } = quitQuestion([long, ...work(8)], false);
  const lines = detail.split('\n\n')[0]?.split('\n') ?? [];
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^• Line one Quit now: x+… \(Acme\)$/);
  expect(lines[0]?.length).toBeLessThan(80);
  expect(lines.at(-1)).toBe('• and 4 more');
});
