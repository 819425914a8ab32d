/** Who came first goes first, and nobody waits for one who was turned away. */
import { expect, it } from 'vitest';
import { ArrivalOrder } from '../../src/coordinator/arrival-order.ts';

interface Entrant {
  readonly name: string;
  readonly ready?: Promise<void>;
}

function line() {
  const order = new ArrivalOrder();
  const gone: string[] = [];
  const enter = ({ name, ready }: Entrant): Promise<void> =>
    new Promise((resolve) => {
      const note = (words: string) => {
        gone.push(words);
        resolve();
      };
      order.enter(
        ready ?? null,
        () => note(name),
        (why) => note(`${name} failed: ${why}`),
      );
    });
  return { gone, enter };
}

/** A promise, and what settles it. */
function pending() {
  let resolve: () => void = () => undefined;
  let reject: (why: unknown) => void = () => undefined;
  const promise = new Promise<void>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}

it('lets go within the call whoever has nothing to wait for', async () => {
  const { gone, enter } = line();
  void enter({ name: 'first' });
  void enter({ name: 'second' });
  expect(gone).toEqual(['first', 'second']);
  await enter({ name: 'third', ready: Promise.resolve() });
  void enter({ name: 'fourth' });
  expect(gone).toEqual(['first', 'second', 'third', 'fourth']);
});

it('keeps the order, whatever is ready first', async () => {
  const { gone, enter } = line();
  const [slow, quick] = [pending(), pending()];
  const all = [
    enter({ name: 'slow', ready: slow.promise }),
    enter({ name: 'quick', ready: quick.promise }),
    enter({ name: 'at once' }),
  ];
  quick.resolve();
  await quick.promise;
  expect(gone).toEqual([]);
  slow.resolve();
  // Comes when the first ones are about to go, and does not pass them.
  await slow.promise;
  all.push(enter({ name: 'late' }));
  await Promise.all(all);
  expect(gone).toEqual(['slow', 'quick', 'at once', 'late']);
});

it('tells a failure in its turn, also one that comes early, and the others go on', async () => {
  const { gone, enter } = line();
  const slow = pending();
  const all = [
    enter({ name: 'slow', ready: slow.promise }),
    enter({ name: 'broken', ready: Promise.reject(new Error('no disk')) }),
    enter({ name: 'after it' }),
  ];
  // A rejection that nobody looks at yet would be reported by now.
  await new Promise((resolve) => setImmediate(resolve));
  expect(gone).toEqual([]);
  slow.reject('no luck');
  await Promise.all(all);
  expect(gone).toEqual(['slow failed: no luck', 'broken failed: Error: no disk', 'after it']);
});
