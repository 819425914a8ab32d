/** The places of a host are few: whoever has one to spare is asked for it, and whoever waits hears when one comes free. */
import { expect, it } from 'vitest';
import type { PlaceUser } from '../../../src/coordinator/supervisor/worker-places.ts';
import { WorkerPlaces } from '../../../src/coordinator/supervisor/worker-places.ts';

function users(places: WorkerPlaces, ...names: string[]) {
  const looked: string[] = [];
  const all = names.map((name): PlaceUser => ({ look: () => looked.push(name) }));
  for (const user of all) places.tell(user, { wants: 0, leaving: 0 });
  return { all: all as [PlaceUser, PlaceUser, ...PlaceUser[]], looked };
}

it('gives no more than there are', () => {
  const places = new WorkerPlaces(2);
  expect([places.take(), places.take(), places.take()]).toEqual([true, true, false]);
  places.giveBack();
  expect([places.take(), places.take()]).toEqual([true, false]);
});

it('counts what is missing beyond what comes free anyway', () => {
  const places = new WorkerPlaces(1);
  const [ada, bob] = users(places, 'ada', 'bob').all;
  places.tell(ada, { wants: 2, leaving: 0 });
  places.tell(bob, { wants: 1, leaving: 1 });
  expect(places.missing).toBe(2);
  places.tell(bob, { wants: 0, leaving: 5 });
  expect(places.missing).toBe(0);
  places.leave(bob);
  expect(places.missing).toBe(2);
});

it('asks the others once when more is missing, not again when less is', () => {
  const places = new WorkerPlaces(1);
  const { all, looked } = users(places, 'ada', 'bob', 'cid');
  places.tell(all[0], { wants: 2, leaving: 0 });
  expect(looked).toEqual(['bob', 'cid']);
  places.tell(all[0], { wants: 2, leaving: 0 });
  places.tell(all[1], { wants: 0, leaving: 1 });
  places.tell(all[0], { wants: 1, leaving: 0 });
  expect(looked).toEqual(['bob', 'cid']);
});

it('tells those who wait that a place has come free, and nobody else', () => {
  const places = new WorkerPlaces(1);
  places.take();
  const { all, looked } = users(places, 'ada', 'bob', 'cid');
  places.tell(all[1], { wants: 1, leaving: 0 });
  looked.length = 0;
  places.giveBack();
  expect(looked).toEqual(['bob']);
});
