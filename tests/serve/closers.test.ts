/** Everything that was opened is closed, in the reverse order, once. */
import { expect, it } from 'vitest';
import { Closers } from '../../src/serve/closers.ts';

it('closes the last opened first, once, and goes on after a failure', async () => {
  const closed: string[] = [];
  const closers = new Closers();
  closers.add(() => closed.push('lock'));
  closers.add(async () => {
    closed.push('log');
    throw new Error('the disk is full');
  });
  closers.add(() => closed.push('socket'));
  await expect(Promise.all([closers.close(), closers.close()])).rejects.toThrow('the disk is full');
  expect(closed).toEqual(['socket', 'log', 'lock']);
});
