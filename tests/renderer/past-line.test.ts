/** What a part of the page that shows the past may ask and do: ask as of the moment, and do nothing. */
import { expect, it } from 'vitest';
import { LiveCompany } from '../../src/contract/live-company.ts';
import { dumpState } from '../../src/core/state.ts';
import type { CompanyLine } from '../../src/renderer/lib/company-context.tsx';
import { pastLine } from '../../src/renderer/lib/past-line.ts';
import { company } from '../core/companies.ts';

function lines() {
  const asked: unknown[] = [];
  const coordination = {
    query: async (...question: unknown[]) => asked.push(question),
    command: async () => asked.push('command'),
    setChannel: async () => asked.push('setChannel'),
  };
  const now = { coordination, memberId: () => null } as unknown as CompanyLine;
  const past = new LiveCompany((draw) => draw());
  const { state } = company();
  past.restore(dumpState(state), []);
  return { asked, past: pastLine(now, past), seq: state.seq };
}

it('asks as of the moment; about what has no moment, as it is', async () => {
  const { asked, past, seq } = lines();
  await past.coordination.query('usage', { by: 'day' });
  await past.coordination.query('events', { after: seq });
  expect(asked).toEqual([
    ['usage', { by: 'day', at: { seq } }],
    ['events', { after: seq }],
  ]);
});

it('passes nothing on that would change the present', async () => {
  const { asked, past } = lines();
  const refused = { code: 'WRONG_STATE', message: expect.stringContaining('can only be looked at') };
  const pause = { type: 'company.resume' } as const;
  await expect(past.coordination.command(pause)).rejects.toMatchObject(refused);
  await expect(past.coordination.setChannel({ name: 'chat' })).rejects.toMatchObject(refused);
  expect(() => past.close()).toThrow('can only be looked at');
  expect(asked).toEqual([]);
});
