/** What becomes of a page that breaks or hangs. */
import { expect, it } from 'vitest';
import type { PageAnswer, PageQuestion } from '../../src/main/page-keeper.ts';
import { PageKeeper } from '../../src/main/page-keeper.ts';

/** A page whose clock only the test moves, and a person who answers when the test says so. */
function desk() {
  const done: string[] = [];
  const held = { now: 0 };
  let answer = (_answer: PageAnswer) => {};
  let question: PageQuestion | null = null;
  let signal = AbortSignal.abort();
  const keeper = new PageKeeper({
    load: () => done.push('load'),
    end: () => done.push('end'),
    quit: () => done.push('quit'),
    ask: (asked, asking) => {
      question = asked;
      signal = asking;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    onFault: (error) => done.push(String(error)),
    now: () => held.now,
  });
  const crash = (times: number) => {
    for (let time = 0; time < times; time += 1) {
      held.now += 1_000;
      keeper.crashed();
    }
  };
  return {
    ...{ keeper, held, crash },
    done: () => done.splice(0),
    labels: () => question?.buttons.map(({ label }) => label) ?? null,
    isAsking: () => question !== null && !signal.aborted,
    say: async (word: PageAnswer) => {
      answer(word);
      await new Promise(setImmediate);
    },
  };
}

it('is loaded again by itself three times in a minute; then the person is asked', async () => {
  const { crash, done, labels, isAsking, say } = desk();
  crash(3);
  expect(done()).toEqual(['load', 'load', 'load']);
  expect(isAsking()).toBe(false);
  crash(1);
  expect(done()).toEqual([]);
  expect(labels()).toEqual(['Load again', 'Quit']);
  await say('load');
  expect(done()).toEqual(['load']);
  // From there on it is counted anew.
  crash(3);
  expect(done()).toEqual(['load', 'load', 'load']);
  crash(1);
  await say('quit');
  expect(done()).toEqual(['quit']);
});

it('is loaded again as often as it breaks, if that is seldom', () => {
  const { crash, done, held, isAsking } = desk();
  for (let time = 0; time < 10; time += 1) {
    held.now += 30_000;
    crash(1);
  }
  expect(done()).toEqual(Array(10).fill('load'));
  expect(isAsking()).toBe(false);
});

it('is ended and loaded again when it hangs and the person says so: no crash is counted', async () => {
  const { keeper, crash, done, labels, isAsking, say } = desk();
  crash(3);
  done();
  keeper.hangs();
  keeper.hangs();
  expect(labels()).toEqual(['Load again', 'Quit', 'Wait']);
  await say('load');
  expect(done()).toEqual(['end']);
  keeper.crashed();
  expect(done()).toEqual(['load']);
  expect(isAsking()).toBe(true);
});

it('asks no longer once it answers again', async () => {
  const { keeper, done, isAsking, say } = desk();
  keeper.hangs();
  expect(isAsking()).toBe(true);
  keeper.answers();
  expect(isAsking()).toBe(false);
  await say('load');
  expect(done()).toEqual([]);
  keeper.hangs();
  await say('wait');
  expect(done()).toEqual([]);
  keeper.hangs();
  expect(isAsking()).toBe(true);
});
