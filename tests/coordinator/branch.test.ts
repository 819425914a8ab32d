/** What a host keeps of an outage, and when it may forget it. */
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Branch } from '../../src/coordinator/branch.ts';
import type { Ask, Decided } from '../../src/coordinator/decide-batch.ts';
import type { Command } from '../../src/core/command.ts';
import type { CompanyEvent, StoredEvent } from '../../src/core/event.ts';
import { eventVersion } from '../../src/core/event.ts';
import type { Seq, TaskId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { openSqliteBranchStore } from '../../src/log/sqlite/branch/sqlite-branch-store.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { host } from './kit.ts';

const taskId = 'task_1' as TaskId;
const as = { batch: 'here:1', place: 0 };
const released: CompanyEvent = { type: 'task.released', taskId, reason: 'r' };
const refused: CompanyEvent = {
  ...{ type: 'command.refused', command: 'task.release', code: 'LEASE_LOST', reason: 'r' },
  ...{ objects: [], unrecorded: 0 },
};

let branch: Branch;

beforeEach(async () => {
  const file = path.join(await temporaryFolder(), 'branch.sqlite');
  branch = new Branch(
    () => openSqliteBranchStore(file),
    (fault) => {
      throw fault;
    },
  );
  onTestFinished(() => branch.close());
});

function stored(seq: number, event: CompanyEvent): StoredEvent {
  return { seq: seq as Seq, version: eventVersion, at: 1 as EpochMs, actor: null, event };
}

/** What was sent before, and then decided on the branch. */
function decidedAgain(event: CompanyEvent): Decided {
  const command: Command = { type: 'task.release', taskId, token: 1 as Seq, reason: 'r' };
  const ask: Ask = {
    ...{ actor: host, command, sent: { ids: [], as } },
    ...{ resolve: () => undefined, reject: () => undefined },
  };
  const events = [stored(1.000_001, event)];
  return { ask, events, refusal: null, decidedAt: 1 as EpochMs, ids: [], touches: [], reads: [] };
}

describe('what was sent before it was decided on the branch', () => {
  it.each([
    ['was taken, and stands in the log as taken', released, released, 0],
    ['was refused, and its refusal is on record', refused, refused, 0],
    ['was taken, while the log has only its refusal on record', released, refused, 1],
    ['was refused, while the log has it as taken', refused, released, 1],
  ])('%s', async (_, here, there, left) => {
    branch.keep([decidedAgain(here)]);
    await branch.settle(new Map([[as.batch, [7 as Seq]]]), async (seq) => stored(seq, there));
    expect(branch.size).toBe(left);
  });

  it('stays when it never came into the log', async () => {
    branch.keep([decidedAgain(released)]);
    await branch.settle(new Map([[as.batch, ['conflict']]]), async () => undefined);
    expect(branch.size).toBe(1);
  });
});
