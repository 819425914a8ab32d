/** Everybody does their part: failed work is retried, vetoes are lifted, rejected texts revised, and the rest finished. */

import type { Epic } from '../../../src/core/epic/epic.ts';
import { waitingBecause } from '../../../src/core/task/waiting-because.ts';
import { checkSatisfiability } from '../../../src/core/workflow/satisfiability.ts';
import type { World } from '../kit.ts';
import { host } from '../kit.ts';
import { runToTheEnd } from '../simulation.ts';

/** Why what should be over is not: of each such epic and single task, what it waits for. */
export function settleEverything(world: World): string[] {
  resumeAll(world);
  restartWorkers(world);
  for (let round = 0; round < 20; round += 1) {
    const before = world.state.seq;
    retryAndArbitrate(world);
    runToTheEnd(world);
    if (world.state.seq === before) break;
  }
  const { epics, tasks } = world.state;
  return epics
    .dump()
    .filter((epic) => epic.state !== 'completed' && canFinish(world, epic))
    .flatMap((epic) => [
      `${epic.title} is ${epic.state}: ${epic.reason}`,
      ...tasks
        .dump()
        .filter(({ epicId, state }) => epicId === epic.id && state !== 'done' && state !== 'cancelled')
        .map(
          (task) =>
            `${task.id} ${task.title} is ${task.state}: ${waitingBecause(world.state, task, world.now)}`,
        ),
    ]);
}

const lifted = { money: null, tokens: null } as const;

function resumeAll(world: World): void {
  world.do('owner', { type: 'company.resume' });
  world.do('owner', { type: 'budget.set', scope: { kind: 'company' }, ...lifted });
  for (const { id: memberId } of world.state.members.dump()) {
    world.do('owner', { type: 'member.resume', memberId });
    world.do('owner', { type: 'budget.set', scope: { kind: 'member', memberId }, ...lifted });
  }
  for (const { id: epicId } of world.state.epics.dump()) {
    world.do('owner', { type: 'budget.set', scope: { kind: 'epic', epicId }, ...lifted });
  }
}

/** Those that hang, drain or never came up are replaced. */
function restartWorkers(world: World): void {
  for (const { id, endedAt } of world.state.workers.dump()) {
    if (endedAt !== null) continue;
    world.do(host, { type: 'worker.end', workerId: id, outcome: 'stopped', reason: 'a fresh start' });
  }
}

function retryAndArbitrate(world: World): void {
  for (const { id, state } of world.state.tasks.dump()) {
    if (state === 'failed') world.do('owner', { type: 'task.retry', taskId: id });
  }
  for (const { id, state } of world.state.gates.dump()) {
    if (state === 'vetoed')
      world.do('owner', { type: 'gate.arbitrate', gateId: id, ruling: 'rework', note: 'again' });
  }
  for (const epic of world.state.epics.dump()) {
    if (epic.state !== 'blocked' || !epic.reason?.includes('revise it')) continue;
    world.do('owner', {
      type: 'epic.revise',
      epicId: epic.id,
      title: epic.title,
      description: `${world.now} again`,
    });
  }
}

/** Not cancelled as a whole or in part, its text not turned down when it was in use, and nobody left whom it needs. */
function canFinish({ state }: World, epic: Epic): boolean {
  if (epic.state === 'cancelled' || epic.reason?.includes('cancel the epic')) return false;
  for (const task of state.index.tasksByEpic.get(epic.id)) {
    if (task.kind === 'step' && task.state === 'cancelled') return false;
  }
  const workflow = state.workflows.get(epic.workflow.name);
  return workflow !== undefined && checkSatisfiability(state, workflow).finishable;
}
