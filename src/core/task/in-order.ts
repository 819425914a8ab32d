/** The order of creation: what a decision that goes through several tasks sorts by. */
import type { Task } from './task.ts';

export function inOrder(a: Pick<Task, 'order'>, b: Pick<Task, 'order'>): number {
  return a.order - b.order;
}
