import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate, SlotQuestion } from '../../../src/core/gate/slot-matching.ts';
import { matchSlots, openSlots } from '../../../src/core/gate/slot-matching.ts';
import type { MemberId, RoleId } from '../../../src/core/ids.ts';

const roleId = (text: string) => text as RoleId;
const memberId = (text: string) => text as MemberId;

/** `ada: pm em` may sign both; `ada!` is a human; `ada+` may fill several slots. */
function candidate(text: string): Candidate {
  const [name = '', roles = ''] = text.split(': ');
  return {
    memberId: memberId(name.replace(/[!+]/g, '')),
    human: name.includes('!'),
    signs: new Set(roles.split(' ').map(roleId)),
    mayFillSeveral: name.includes('+'),
  };
}

function question(requires: string, candidates: string[], more: Partial<SlotQuestion> = {}): SlotQuestion {
  return {
    requires: requires.split(' ').map((text) => {
      const [role = '', count = '1'] = text.split('=');
      return { roleId: roleId(role), count: Number(count) };
    }),
    filled: [],
    candidates: candidates.map(candidate),
    distinct: true,
    humanRequired: false,
    excluded: new Set(),
    ...more,
  };
}

const filledBy = (name: string, role: string, human = false) => ({
  roleId: roleId(role),
  memberId: memberId(name),
  human,
});

function answered(asked: SlotQuestion): Record<string, string> | object {
  const answer = matchSlots(asked);
  if (!answer.ok) return answer.reason;
  return Object.fromEntries(
    answer.assignment.map(({ slot, memberId: id }) => [`${slot.roleId}${slot.index}`, id]),
  );
}

describe('matchSlots', () => {
  it.each<[string, SlotQuestion, object]>([
    ['a slot each', question('em pm', ['a: em', 'b: pm']), { em0: 'a', pm0: 'b' }],
    ['whoever can spare it', question('em pm', ['a: em pm', 'b: em']), { em0: 'b', pm0: 'a' }],
    ['nobody for a role', question('em pm', ['a: em']), { kind: 'nobody', roleId: 'pm' }],
    [
      'the excluded stay out',
      question('em', ['a: em'], { excluded: new Set([memberId('a')]) }),
      { kind: 'only-excluded', roleId: 'em', memberIds: ['a'] },
    ],
    [
      'one member for two roles',
      question('em pm', ['a: em pm']),
      { kind: 'too-few', roleIds: ['pm', 'em'], slots: 2, members: 1 },
    ],
    ['the same, not distinct', question('em pm', ['a: em pm'], { distinct: false }), { em0: 'a', pm0: 'a' }],
    ['the same, by policy', question('em pm', ['a+: em pm']), { em0: 'a', pm0: 'a' }],
    [
      'never twice one role',
      question('em=2', ['a+: em'], { distinct: false }),
      { kind: 'too-few', roleIds: ['em'], slots: 2, members: 1 },
    ],
    [
      'a filled slot is gone, and so is its member',
      question('em pm', ['a: em pm'], { filled: [filledBy('a', 'em')] }),
      { kind: 'too-few', roleIds: ['pm'], slots: 1, members: 0 },
    ],
    [
      'a filled slot leaves the others to its member when not distinct',
      question('em pm', ['a: em pm'], { filled: [filledBy('a', 'em')], distinct: false }),
      { pm0: 'a' },
    ],
    ['a second slot', question('em=2', ['a: em', 'b: em'], { filled: [filledBy('a', 'em')] }), { em1: 'b' }],
    [
      'a human instead of an agent',
      question('em pm', ['a: em', 'b: pm', 'h!: em pm'], { humanRequired: true }),
      { em0: 'h', pm0: 'b' },
    ],
    [
      'no human more when one has signed',
      question('em pm', ['a: em', 'b: pm'], { humanRequired: true, filled: [filledBy('h', 'em', true)] }),
      { pm0: 'b' },
    ],
    ['no human at all', question('em', ['a: em'], { humanRequired: true }), { kind: 'no-human' }],
    [
      'a human who is left no slot',
      question('em pm', ['b: pm', 'h!: em pm'], {
        humanRequired: true,
        filled: [filledBy('h', 'em', false)],
      }),
      { kind: 'no-human' },
    ],
  ])('%s', (_rule, asked, expected) => {
    expect(answered(asked)).toEqual(expected);
  });

  it('agrees with trying every way there is', () => {
    const roles = ['r', 's', 't'];
    const people = fc.array(
      fc.record({ signs: fc.subarray(roles), human: fc.boolean(), several: fc.boolean() }),
      { maxLength: 4 },
    );
    const counts = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(people, counts, fc.boolean(), fc.boolean(), (members, needs, distinct, humanRequired) => {
        const candidates = members.map(({ signs, human, several }, n) =>
          candidate(`m${n}${human ? '!' : ''}${several ? '+' : ''}: ${signs.join(' ')}`),
        );
        const requires = needs.map((count, n) => `${roles[n]}=${count}`).join(' ');
        const asked = { ...question(requires, []), candidates, distinct, humanRequired };
        const answer = matchSlots(asked);
        expect(answer.ok).toBe(someWay(asked));
        if (answer.ok) expect(isAllowed(asked, answer.assignment)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

type Filling = readonly { readonly slot: { readonly roleId: RoleId }; readonly memberId: MemberId }[];

/** Tries every member in every slot. */
function someWay(asked: SlotQuestion): boolean {
  const slots = openSlots(asked.requires, asked.filled);
  const tryFrom = (n: number, filling: Filling): boolean => {
    const slot = slots[n];
    if (!slot) return isAllowed(asked, filling);
    return asked.candidates.some(({ memberId: id }) => tryFrom(n + 1, [...filling, { slot, memberId: id }]));
  };
  return tryFrom(0, []);
}

/** The rules of a gate, as they are written down. */
function isAllowed(
  { candidates, distinct, humanRequired, requires }: SlotQuestion,
  filling: Filling,
): boolean {
  const of = (id: MemberId) => candidates.find((each) => each.memberId === id);
  const isFull = filling.length === openSlots(requires, []).length;
  const entitled = filling.every(({ slot, memberId: id }) => of(id)?.signs.has(slot.roleId));
  const keys = filling.map(({ slot, memberId: id }) =>
    distinct && !of(id)?.mayFillSeveral ? id : `${id} ${slot.roleId}`,
  );
  const human = !humanRequired || filling.some(({ memberId: id }) => of(id)?.human);
  return isFull && entitled && new Set(keys).size === keys.length && human;
}
