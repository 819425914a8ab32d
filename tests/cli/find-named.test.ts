/** An id, the beginning of one, or a name: what a person may type for a thing. */
import { describe, expect, it } from 'vitest';
import { findNamed } from '../../src/cli/find-named.ts';
import { CoordError } from '../../src/core/error.ts';

const rows = [
  { id: 'gate_7k2m9q4xw0', name: 'code_review', hint: 'waiting, “Dark mode”' },
  { id: 'gate_7k9zzzzzzz', name: 'qa_signoff', hint: 'waiting, “Dark mode”' },
  { id: 'gate_abcdefghjk', name: 'qa_signoff', hint: 'pending, “Search”' },
];

describe('finding a gate', () => {
  it.each([
    ['its id', 'gate_7k2m9q4xw0', 'gate_7k2m9q4xw0'],
    ['the beginning of its id', 'gate_7k2', 'gate_7k2m9q4xw0'],
    ['the beginning of its id without the kind', 'abc', 'gate_abcdefghjk'],
    ['its name', 'code_review', 'gate_7k2m9q4xw0'],
  ])('takes %s', (_what, key, id) => {
    expect(findNamed('gate', key, rows).id).toBe(id);
  });

  it('lists what a name of several could mean', () => {
    const refusal = refusalOf('qa_signoff');
    expect(refusal.code).toBe('BAD_INPUT');
    expect(refusal.message).toMatch(/stands for 2 gates[\s\S]*gate_7k9zzzzzzz[\s\S]*gate_abcdefghjk/);
  });

  it('lists what the beginning of several ids could mean', () => {
    expect(refusalOf('7k').details).toEqual({ key: '7k', matches: ['gate_7k2m9q4xw0', 'gate_7k9zzzzzzz'] });
  });

  it('names what there is when nothing fits', () => {
    const refusal = refusalOf('triage');
    expect(refusal.code).toBe('NOT_FOUND');
    expect(refusal.message).toContain('gate_7k2m9q4xw0  code_review');
    expect(refusal.message).not.toContain('Did you mean');
  });

  it.each([
    ['in a name', 'qa_sginoff', 'qa_signoff'],
    ['in an id', 'gate_7k2m9q4wx0', 'gate_7k2m9q4xw0'],
  ])('names what is nearest to a slip %s', (_where, key, meant) => {
    expect(refusalOf(key).message).toContain(`Did you mean “${meant}”?`);
  });
});

function refusalOf(key: string): CoordError {
  try {
    findNamed('gate', key, rows);
  } catch (error) {
    if (error instanceof CoordError) return error;
    throw error;
  }
  throw new Error(`${key} was found`);
}
