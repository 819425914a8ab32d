/** Calls to models wait for their turn, whichever company they are for, and give it back however they end. */
import { expect, it } from 'vitest';
import type { Receipt } from '../../src/contract/rpc.ts';
import { CallCap } from '../../src/coordinator/call-cap.ts';
import type { CommitListener } from '../../src/coordinator/company-coordinator.ts';
import { CoordError } from '../../src/core/error.ts';

function companyOf() {
  const listeners: CommitListener[] = [];
  return {
    onCommit: (listener: CommitListener) => {
      listeners.push(listener);
      return () => undefined;
    },
    settle: (id: string) => {
      for (const listener of listeners) {
        listener([{ event: { type: 'usage.settled', reservation: { id } } } as never]);
      }
    },
  };
}

const reserved = (id: string) => async () =>
  ({ seq: 1, events: [{ event: { type: 'usage.reserved', reservation: { id } } }] }) as unknown as Receipt;
const here = () => new AbortController();

async function hasBegun(call: Promise<Receipt>): Promise<boolean> {
  return Promise.race([
    call.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => setImmediate(() => resolve(false)))),
  ]);
}

it('lets so many begin, and the next one when one is settled, first come first served', async () => {
  const cap = new CallCap(2);
  const [one, two] = [companyOf(), companyOf()];
  await cap.begin(one, reserved('a'), here().signal);
  await cap.begin(two, reserved('b'), here().signal);
  const third = cap.begin(one, reserved('c'), here().signal);
  const fourth = cap.begin(two, reserved('d'), here().signal);
  expect(await hasBegun(third)).toBe(false);
  expect(cap.waiting).toBe(2);
  two.settle('b');
  expect(await hasBegun(third)).toBe(true);
  expect(await hasBegun(fourth)).toBe(false);
  one.settle('a');
  expect(await hasBegun(fourth)).toBe(true);
});

it.each([
  [
    'a budget that refuses',
    async (cap: CallCap) => {
      const refuse = async () => {
        throw new CoordError('BUDGET_EXCEEDED', 'no');
      };
      await expect(cap.begin(companyOf(), refuse, here().signal)).rejects.toMatchObject({
        code: 'BUDGET_EXCEEDED',
      });
    },
  ],
  [
    'a connection that ends in the middle of the call',
    async (cap: CallCap) => {
      const line = here();
      await cap.begin(companyOf(), reserved('a'), line.signal);
      line.abort();
    },
  ],
  [
    'a call that was settled before it was heard that it had begun',
    async (cap: CallCap) => {
      const company = companyOf();
      await cap.begin(
        company,
        async () => {
          company.settle('a');
          return reserved('a')();
        },
        here().signal,
      );
    },
  ],
])('gives the turn back after %s', async (_what, use) => {
  const cap = new CallCap(1);
  await use(cap);
  expect(await hasBegun(cap.begin(companyOf(), reserved('z'), here().signal))).toBe(true);
});

it('forgets whoever goes while they wait', async () => {
  const cap = new CallCap(1);
  const company = companyOf();
  await cap.begin(company, reserved('a'), here().signal);
  const line = here();
  const waits = cap.begin(company, reserved('b'), line.signal);
  line.abort();
  await expect(waits).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
  expect(cap.waiting).toBe(0);
  company.settle('a');
  expect(await hasBegun(cap.begin(company, reserved('c'), here().signal))).toBe(true);
});

it('lets more begin as soon as its limit is raised, and lets what is over go on when it is lowered', async () => {
  const cap = new CallCap(1);
  const one = companyOf();
  await cap.begin(one, reserved('a'), here().signal);
  const second = cap.begin(one, reserved('b'), here().signal);
  const third = cap.begin(one, reserved('c'), here().signal);
  cap.limit(3);
  expect(await Promise.all([second, third].map(hasBegun))).toEqual([true, true]);
  expect(cap).toMatchObject({ atMost: 3, underWay: 3, waiting: 0 });
  cap.limit(1);
  const fourth = cap.begin(one, reserved('d'), here().signal);
  one.settle('a');
  one.settle('b');
  expect(await hasBegun(fourth)).toBe(false);
  one.settle('c');
  expect(await hasBegun(fourth)).toBe(true);
  expect(cap.underWay).toBe(1);
});
