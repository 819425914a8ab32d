/** What a caller is told of input that does not fit: where it is wrong, what stands there, what may stand there. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inputFaults } from '../../src/core/input-faults.ts';
import { prioritySchema } from '../../src/core/task/task-commands.ts';

const schema = z.strictObject({
  title: z.string().min(1).default('x'),
  priority: prioritySchema.default('NORMAL'),
  tags: z.array(z.string()).default([]),
  requires: z.record(z.string(), z.number().max(20)).default({}),
  stories: z.array(z.strictObject({ title: z.string().min(1) })).default([]),
});

describe('a fault of input', () => {
  it.each([
    ['a field', { title: '' }, 'title', 'the title is empty'],
    ['an entry', { tags: ['a', 7] }, 'tags.1', 'entry 2 of tags must be text, not the number 7'],
    [
      'what a key stands for',
      { requires: { em: 21 } },
      'requires.em',
      'the em of requires must be at most 20',
    ],
    [
      'a field of an entry',
      { stories: [{ title: '' }] },
      'stories.0.title',
      'the title of entry 1 of stories is empty',
    ],
    [
      'a slip in a choice',
      { priority: 'HIHG' },
      'priority',
      "the priority can't be `HIHG`: did you mean `HIGH`?",
    ],
    [
      'no choice at all',
      { priority: 'soon' },
      'priority',
      "the priority can't be `soon`: use one of `LOW`, `NORMAL`, `HIGH`, `URGENT`",
    ],
    [
      'another type',
      { priority: 3 },
      'priority',
      "the priority can't be the number 3: use one of `LOW`, `NORMAL`, `HIGH`, `URGENT`",
    ],
    ['the input', 'x', '', 'the input must be a mapping (`key: value`), not `x`'],
  ])('names %s', (_what, input, at, message) => {
    const { error } = schema.safeParse(input);
    expect(inputFaults(error?.issues ?? [], input)).toEqual([{ at, message }]);
  });
});
