/** Tokens open what they were issued for, and nothing once they are withdrawn. */
import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Sessions } from '../../src/coordinator/sessions.ts';
import type { CompanyId, MemberId } from '../../src/core/ids.ts';

const ada = { companyId: 'company_1' as CompanyId, memberId: 'member_ada' as MemberId };

it('resolves a token to whom it was issued for', () => {
  const sessions = new Sessions();
  const owner = sessions.issue({ owner: true });
  const token = sessions.issue(ada);
  expect(sessions.resolve(owner).holder).toEqual({ owner: true });
  expect(sessions.resolve(token).holder).toEqual(ada);
});

it('issues tokens of 32 random bytes, each once', () => {
  const sessions = new Sessions();
  const tokens = Array.from({ length: 100 }, () => sessions.issue(ada));
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

it.each(['', 'x', 'A'.repeat(43)])('refuses a token that nobody was given: %j', (token) => {
  const sessions = new Sessions();
  sessions.issue(ada);
  expect(() => sessions.resolve(token)).toThrow(expect.objectContaining({ code: 'SESSION_INVALID' }));
});

it('refuses a token that was withdrawn, and leaves the others alone', () => {
  const sessions = new Sessions();
  const first = sessions.issue(ada);
  const second = sessions.issue(ada);
  const session = sessions.resolve(first);
  expect(sessions.isCurrent(session)).toBe(true);
  sessions.revoke(first);
  sessions.revoke('never issued');
  expect(sessions.isCurrent(session)).toBe(false);
  expect(() => sessions.resolve(first)).toThrow(expect.objectContaining({ code: 'SESSION_INVALID' }));
  expect(sessions.resolve(second).holder).toEqual(ada);
});

it('keeps no token that could be read out of it', () => {
  const sessions = new Sessions();
  const token = sessions.issue({ owner: true });
  const session = sessions.resolve(token);
  expect(inspect([sessions, session], { depth: 10, showHidden: true })).not.toContain(token);
  expect(JSON.stringify(session)).not.toContain(token);
});
