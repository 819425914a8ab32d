/**
 * Every built-in gate, with every order in which members may try to sign it: it opens exactly when each slot is filled
 * by somebody entitled. The rules are written down here once more, apart from the code that is tested.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CoordError } from '../../../src/core/error.ts';
import type { Gate } from '../../../src/core/gate/gate.ts';
import { addMs, seconds } from '../../../src/core/units.ts';
import type { Staff, WorkflowFileInput } from '../companies.ts';
import { company, scaleup } from '../companies.ts';
import type { World } from '../kit.ts';
import { host } from '../kit.ts';
import { runToTheEnd } from '../simulation.ts';

/** The table of the product: workflow, gate, position, step, required roles, a human among them, self-approval. */
const table = [
  ['feature', 'design_kickoff', 'after', '1', ['em'], false, 'forbidden'],
  ['feature', 'design_review', 'after', '2', ['pm'], false, 'forbidden'],
  ['feature', 'code_review', 'after', '3', ['em'], false, 'forbidden'],
  ['feature', 'qa_signoff', 'after', '4', ['qa_lead'], false, 'forbidden'],
  ['feature', 'production_release', 'after', '5', ['em', 'qa_lead', 'pm'], true, 'allowed'],
  ['bug', 'triage', 'after', '1', ['em'], false, 'forbidden'],
  ['bug', 'code_review', 'after', '2', ['em'], false, 'forbidden'],
  ['bug', 'qa_verification', 'after', '3', ['qa_lead'], false, 'forbidden'],
  ['launch', 'launch_plan_review', 'after', '1', ['vp_marketing', 'em'], false, 'forbidden'],
  ['launch', 'readiness_check', 'before', '6', ['pm', 'qa_lead', 'support_lead'], true, 'forbidden'],
  ['trading_strategy', 'strategy_config_schema', 'after', '2', ['designer', 'em'], false, 'allowed'],
  ['trading_strategy', 'backtest_validation', 'after', '6', ['qa_lead'], false, 'allowed'],
  ['trading_strategy', 'production_trading_deploy', 'after', '7', ['pm', 'qa_lead', 'em'], true, 'allowed'],
] as const;

/** Who may sign as what in the company below, by holding the role, by override in the department, or as owner. */
const signers: Readonly<Record<string, readonly string[]>> = {
  em: ['emma', 'victor', 'owner'],
  pm: ['pablo', 'petra', 'vera', 'hugo', 'owner'],
  designer: ['dora', 'vera', 'owner'],
  qa_lead: ['quentin', 'hilda', 'owner'],
  vp_marketing: ['mia', 'owner'],
  support_lead: ['sara', 'owner'],
};
const people = ['owner', 'hugo', 'hilda'];
/** May sign nothing: other departments, roles below. */
const strangers = ['ann', 'gina', 'sven'];

const staff: Staff = {
  ...scaleup,
  product: [...(scaleup['product'] ?? []), { name: 'hugo', role: 'pm', kind: 'human' }],
  qa: [...(scaleup['qa'] ?? []), { name: 'hilda', role: 'qa_lead', kind: 'human' }],
};

const names = ['feature', 'bug', 'launch', 'trading_strategy'];
const files: WorkflowFileInput[] = names.map((name) =>
  parse(readFileSync(`templates/workflows/${name}.yaml`, 'utf8')),
);

/** The company at the moment when the gate has just been asked and nobody is online; its work is by `author`, if given. */
function worldAt(workflow: string, gateName: string, author: string | null): World {
  const world = company({ staff, workflows: files });
  world.route(workflow);
  if (author) {
    const memberId = world.member(author).id;
    world.do('owner', { type: 'task.assign', taskId: world.gate(gateName).taskId ?? '', memberId });
    world.online(author);
  }
  runToTheEnd(world, () => world.gate(gateName).state === 'waiting');
  for (const { id } of world.state.workers.dump()) {
    world.do(host, { type: 'worker.end', workerId: id, outcome: 'stopped', reason: 'the day is over' });
  }
  return world;
}

/** One member's wish to approve as a role. */
interface Try {
  readonly name: string;
  readonly role: string;
}

/** A person signs; an agent comes online, takes the review of the slot if there is one, answers it and leaves. */
function approve(world: World, { name, role }: Try, gateName: string): void {
  if (people.includes(name)) {
    world.sign(name, gateName, 'approve', { roleId: role });
    return;
  }
  expect(world.refusal(name, world.signing(gateName)).code).toBe('FORBIDDEN');
  const workerId = world.online(name);
  // Those nearer to the role are called first, and don't come.
  world.now = addMs(world.now, world.state.company?.policy.callWait ?? seconds(60));
  try {
    world.review(name, gateName, 'approve', role);
  } finally {
    world.do(host, { type: 'worker.end', workerId, outcome: 'stopped', reason: 'done' });
  }
}

/** The rules of a gate, from the table alone. Null: this sign-off may be given now. */
function whyNot(
  gate: Gate,
  authors: readonly string[],
  given: readonly Try[],
  { name, role }: Try,
): string | null {
  const roles = gate.rule.requires.map(({ roleId }) => String(roleId));
  if (!roles.includes(role) || !signers[role]?.includes(name)) return 'NOT_ENTITLED';
  if (given.some((other) => other.role === role)) return 'SLOT_FILLED';
  if (gate.rule.selfApproval === 'forbidden' && authors.includes(name)) return 'SELF_APPROVAL';
  if (given.some((other) => other.name === name)) return 'NOT_DISTINCT';
  const isLast = given.length === roles.length - 1;
  const hasHuman = [...given.map((other) => other.name), name].some((who) => people.includes(who));
  return gate.rule.humanRequired && isLast && !hasHuman ? 'HUMAN_REQUIRED' : null;
}

/** Tries every order of the sign-offs that are left, deeper and deeper, and takes each back: those that opened the gate. */
function tryAll(
  world: World,
  gateName: string,
  authors: readonly string[],
  given: readonly Try[],
  left: readonly Try[],
): (readonly Try[])[] {
  const opened: (readonly Try[])[] = [];
  for (const next of left) {
    const { journal } = world.state;
    const mark = journal.mark();
    const { now: start } = world;
    const gate = world.gate(gateName);
    const expected = whyNot(gate, authors, given, next);
    const refused = codeOf(() => approve(world, next, gateName));
    const where = [...given, next].map(({ name, role }) => `${name} as ${role}`).join(', ');
    // An agent may also have to leave the slot to a person, or to somebody who can't fill another one.
    if (people.includes(next.name)) expect(refused, where).toBe(expected);
    else if (refused === null) expect(expected, where).toBeNull();
    const now = refused === null ? [...given, next] : given;
    const isFull = now.length === gate.rule.requires.length;
    expect(world.gate(gateName).state, where).toBe(isFull ? 'open' : 'waiting');
    const rest = left.filter((other) => other !== next);
    if (isFull) opened.push(now);
    else if (refused === null) opened.push(...tryAll(world, gateName, authors, now, rest));
    journal.rollbackTo(mark);
    world.now = start;
  }
  return opened;
}

function codeOf(action: () => void): string | null {
  try {
    action();
    return null;
  } catch (error) {
    if (error instanceof CoordError) return error.code;
    if (error instanceof Error && error.message.startsWith('there is no review')) return 'NO_REVIEW';
    throw error;
  }
}

/** Who must be able to take part in opening the gate, and as what, by the table alone. */
function expectedOpeners(gate: Gate, authors: readonly string[]): string[] {
  const barred = gate.rule.selfApproval === 'forbidden' ? authors : [];
  return gate.rule.requires
    .flatMap(({ roleId }) => (signers[roleId] ?? []).map((name) => ({ name, roleId })))
    .filter(({ name }) => !barred.includes(name))
    .map(({ name, roleId }) => `${name} as ${roleId}`)
    .sort();
}

/** Everybody who may sign anything, as each role of the gate, and some who may not. */
function triesAt(gate: Gate): Try[] {
  const roles = gate.rule.requires.map(({ roleId }) => String(roleId));
  const able = new Set(roles.flatMap((role) => signers[role] ?? []));
  return [...able, ...strangers].flatMap((name) => roles.map((role) => ({ name, role })));
}

/** Who could do the gated step and also sign the gate. */
function entitledAuthors(workflow: string, gateName: string): string[] {
  const world = company({ staff, workflows: files });
  world.route(workflow);
  const { taskId: gated, rule } = world.gate(gateName);
  const taskId = gated ?? '';
  if (rule.position === 'before') return [];
  const able = new Set(rule.requires.flatMap(({ roleId }) => signers[roleId] ?? []));
  return [...able].filter((name) => {
    if (people.includes(name)) return false;
    const memberId = world.member(name).id;
    return codeOf(() => world.do('owner', { type: 'task.assign', taskId, memberId })) === null;
  });
}

describe('the built-in gates', () => {
  it('are those of the table', () => {
    const gates = files.flatMap(({ name, steps }) =>
      steps.flatMap((step) =>
        (step.gates ?? []).map((gate) => [
          name,
          gate.name,
          gate.position,
          String(step.id),
          Object.keys(gate.requires),
          gate.human_required ?? false,
          gate.self_approval ?? 'forbidden',
        ]),
      ),
    );
    expect(gates).toEqual(table);
  });

  describe.each(table)('%s: %s', (workflow, gateName) => {
    const authors = [null, ...entitledAuthors(workflow, gateName)];

    it.each(authors)('opens only by its rules, whoever tries in whatever order (author %s)', (author) => {
      const world = worldAt(workflow, gateName, author);
      const gate = world.gate(gateName);
      expect(gate.state).toBe('waiting');
      const authorNames = gate.authors.map((id) => world.state.members.get(id)?.name ?? '');
      if (author) expect(authorNames).toEqual([author]);
      world.state.journal.begin();
      const opened = tryAll(world, gateName, authorNames, [], triesAt(gate));
      world.state.journal.commit();
      const openers = new Set(opened.flat().map(({ name, role }) => `${name} as ${role}`));
      expect([...openers].sort()).toEqual(expectedOpeners(gate, authorNames));
    });
  });
});
