/** What was done can be taken back, step by step, a hundred of them. */
import { expect, it } from 'vitest';
import {
  canUndo,
  doStep,
  emptyStack,
  redo,
  undo,
  undoSteps,
} from '../../../src/renderer/canvas/undo-stack.ts';

const done = (count: number) =>
  Array.from({ length: count }, (_, n) => n).reduce((stack, n) => doStep(stack, n), emptyStack<number>());

it('takes back and does again, until something new is done', () => {
  const back = undo(undo(done(3)));
  expect(back).toMatchObject({ done: [0], undone: [2, 1] });
  expect(redo(back)).toMatchObject({ done: [0, 1], undone: [2] });
  expect(doStep(back, 9)).toMatchObject({ done: [0, 9], undone: [] });
});

it('takes back the last hundred, and keeps what was before', () => {
  let stack = done(undoSteps + 5);
  for (let n = 0; n < undoSteps + 5; n += 1) stack = undo(stack);
  expect(stack.done).toEqual([0, 1, 2, 3, 4]);
  expect(canUndo(stack)).toBe(false);
});

it('leaves an empty stack as it is', () => {
  expect(undo(emptyStack())).toEqual(emptyStack());
  expect(redo(emptyStack())).toEqual(emptyStack());
});
