/** Whoever is told that there is no such row is told a command that lists them, and that there is. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CoordError } from '../../src/core/error.ts';
import { requireMember } from '../../src/core/org/membership.ts';
import {
  requireEpic,
  requireGate,
  requireTask,
  requireThread,
  requireWorker,
} from '../../src/core/require-row.ts';
import { company } from './companies.ts';

const documented = await readFile(path.join(import.meta.dirname, '../../docs/cli.md'), 'utf8');

it.each([requireEpic, requireTask, requireGate, requireWorker, requireThread, requireMember])(
  '%o names a command of the command line',
  (requireRow) => {
    const { state } = company();
    let message = '';
    try {
      requireRow(state, 'nobody_1' as never);
    } catch (error) {
      if (error instanceof CoordError) message = error.message;
    }
    const [, command = 'none'] = /`agentcoord ([a-z ]+)/.exec(message) ?? [];
    const [verb = '', ...rest] = command.trim().split(' ');
    expect(documented).toMatch(new RegExp(`\\| .*\`${verb}(?: \\[?${rest.join(' ')}|[ \`])`));
  },
);
