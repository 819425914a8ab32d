/** Whatever the app and the dashboard can have done, a named command does too. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { pathOf } from '../../src/cli/global-options.ts';
import { createProgram } from '../../src/cli/program.ts';
import { authorizationRules } from '../../src/core/authorization-rules.ts';

/** By the type of what is sent. `do` and `ask` count for nothing here. */
const namedBy: Readonly<Record<string, string>> = {
  'board.mark_read': 'board read',
  'budget.set': 'budget set',
  'company.create': 'init',
  'company.pause': 'pause',
  'company.resume': 'resume',
  'company.stop': 'stop-all',
  'conflict.drop': 'conflicts drop',
  'conflict.reapply': 'conflicts reapply',
  'department.add': 'org apply',
  'department.change': 'org apply',
  'department.remove': 'org apply',
  'epic.cancel': 'epic cancel',
  'epic.create': 'epic create',
  'gate.arbitrate': 'arbitrate',
  'gate.delegate': 'delegate',
  'gate.set_aside': 'set-aside',
  'gate.sign': 'approve',
  'gate.take_up': 'take-up',
  'lock.force_release': 'locks release',
  'member.add': 'member add',
  'member.change': 'member change',
  'member.remove': 'member remove',
  'message.post': 'board reply',
  'message.send': 'board send',
  'org.change': 'org apply',
  'role.define': 'org apply',
  'task.answer_question': 'answer',
  'task.assign': 'task assign',
  'task.cancel': 'task cancel',
  'task.claim': 'task take',
  'task.complete': 'task hand-in',
  'task.create': 'task create',
  'task.force_release': 'task release',
  'task.prioritize': 'task prioritize',
  'task.reassign': 'task reassign',
  'task.release': 'task give-back',
  'task.retry': 'task retry',
  'team.add': 'org apply',
  'team.change': 'org apply',
  'team.remove': 'org apply',
  'thread.prioritize': 'board prioritize',
  'thread.reopen': 'board reopen',
  'thread.resolve': 'board resolve',
  'thread.start': 'board post',
  'thread.wait': 'board wait',
  'worker.drain': 'worker drain',
  'worker.end': 'worker end',
  'worker.pause': 'worker pause',
  'worker.request': 'worker spawn',
  'worker.resume': 'worker resume',
  'workflow.define': 'workflow set',
  'workflow.remove': 'workflow remove',
};

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

async function sentBy(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(projectFolder, folder), { recursive: true });
  const texts = await Promise.all(
    entries
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFile(path.join(projectFolder, folder, name), 'utf8')),
  );
  const written = texts.flatMap((text) => [...text.matchAll(/\btype: '([a-z_]+\.[a-z_]+)'/g)]);
  return written.map(([, type = '']) => type).filter((type) => type in authorizationRules);
}

it('is named', async () => {
  const sent = new Set([...(await sentBy('src/renderer')), ...(await sentBy('src/tui'))]);
  expect(Object.keys(namedBy).toSorted()).toEqual([...sent].toSorted());
  const commands = new Set(leaves(createProgram()).map(pathOf));
  expect(Object.values(namedBy).filter((name) => !commands.has(name))).toEqual([]);
});
