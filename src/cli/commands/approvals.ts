/** `agentcoord approvals`: asks for an approval outside any workflow, waits for it, lists and takes back those there are. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { mostOfARole } from '../../core/approval/approval-commands.ts';
import type { Artifact } from '../../core/task/task.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { collect, duration, priorityOption } from './shared-options.ts';

type Roles = Readonly<Record<string, number>>;

interface RequestOptions {
  readonly title: string;
  readonly role: Roles;
  readonly context?: string;
  readonly contextFile?: string;
  readonly attach: readonly string[];
  readonly human: boolean;
  readonly allowSelf: boolean;
  readonly timeout?: DurationMs;
  readonly onTimeout: 'escalate' | 'reject';
  readonly priority?: Priority;
  readonly wait: boolean;
}

export function addApprovalsCommand(program: Command): void {
  const approvals = program.command('approvals').description('ask for approvals outside any workflow');
  approvals
    .command('request')
    .description('ask roles to approve something; `approve` and `reject` answer it, as they do at a gate')
    .requiredOption('--title <title>', 'what is to be approved, in a line')
    .requiredOption(
      '--role <role[:count]>',
      'who must sign, and how many of them; may be given several times',
      addRole,
    )
    .option('--context <text>', 'why, and what the signers must know (or --context-file)')
    .option('--context-file <file>', 'the same from a file; - is the standard input')
    .option('--attach <file>', 'what is signed beside it; may be given several times', collect, [])
    .option('--human', 'at least one human must sign', false)
    .option('--allow-self', 'you may fill a slot yourself', false)
    .option('--timeout <duration>', 'how long it waits, such as 15m or 1h (default: for ever)', duration)
    .addOption(
      new Option('--on-timeout <what>', 'then ask the next role up, or count it as rejected')
        .choices(['escalate', 'reject'])
        .default('escalate'),
    )
    .addOption(priorityOption('of the reviews by agents; NORMAL by default'))
    .option('--wait', 'stay until it is decided; exit code 1 unless it is given', false)
    .action(request);
  approvals
    .command('wait')
    .description('stay until an approval is decided; exit code 1 unless it is given')
    .argument('<approval>', 'its id, the beginning of it, or its title')
    .action(wait);
  approvals
    .command('list', { isDefault: true })
    .description('list the approvals that wait for somebody')
    .option('--all', 'also those that are decided', false)
    .action(list);
  approvals
    .command('cancel')
    .description('take back what you asked for')
    .argument('<approval>', 'its id, the beginning of it, or its title')
    .action(cancel);
}

/** `em` is one of them, `em:2` two. */
function addRole(text: string, before: Roles = {}): Roles {
  const [, role, count = '1'] = /^([a-z][a-z0-9_]*)(?::([1-9]\d?))?$/.exec(text) ?? [];
  if (role === undefined || Number(count) > mostOfARole) {
    throw new InvalidArgumentError(
      `It must be a role such as em, or em:2 for two of them (${mostOfARole} at most).`,
    );
  }
  return { ...before, [role]: Number(count) };
}

async function request(wish: RequestOptions, command: Command): Promise<void> {
  const options = globalOptions(command);
  if ((wish.context === undefined) === (wish.contextFile === undefined)) {
    command.error('error: say what it is about, with either --context or --context-file');
  }
  const { withCompany } = await import('../company-session.ts');
  const { readText, readAttachment } = await import('../files/read-input.ts');
  const { requestedApprovalId } = await import('../created.ts');
  const { requireWaitable, showApproval, waitForApproval } = await import('../wait-for-approval.ts');
  const output = openOutput(options.json);
  const context = wish.context ?? (await readText(wish.contextFile ?? '-'));
  const files = await Promise.all(wish.attach.map(readAttachment));
  await withCompany(options, async (session) => {
    const { coordination, host } = session;
    if (wish.wait) requireWaitable(session);
    const artifacts: Artifact[] = [];
    for (const file of files) artifacts.push(await coordination.putArtifact(file));
    const receipt = await coordination.command({
      type: 'approval.request',
      title: wish.title,
      context,
      artifacts,
      roles: wish.role,
      humanRequired: wish.human,
      selfApproval: wish.allowSelf ? 'allowed' : 'forbidden',
      timeout: wish.timeout ?? null,
      onTimeout: wish.onTimeout,
      ...(wish.priority && { priority: wish.priority }),
    });
    const gateId = requestedApprovalId(receipt);
    if (wish.wait) return await waitForApproval(session, gateId, output);
    await showApproval(session, gateId, output);
    if (!host) output.note(`No host runs, so no agent reviews it yet: \`${calledAs()} serve\` starts one.`);
  });
}

async function wait(key: string, _options: object, command: Command): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { findGate } = await import('../find-gate.ts');
  const { requireWaitable, waitForApproval } = await import('../wait-for-approval.ts');
  await withCompany(options, async (session) => {
    const { gate } = await findGate(session.coordination, key, { onlyApprovals: true });
    if (gate.state === 'waiting' || gate.state === 'vetoed') requireWaitable(session);
    await waitForApproval(session, gate.id, openOutput(options.json));
  });
}

async function list({ all }: { all: boolean }, command: Command): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { showGates } = await import('../show-gates.ts');
  const output = openOutput(options.json);
  await withCompany(options, async (session) => {
    const views = await session.coordination.query('gates', { all });
    const asked = views.filter(({ gate }) => gate.request !== null);
    await showGates(session, output, asked, { key: 'approvals', none: 'No approval waits.' });
  });
}

async function cancel(key: string, _options: object, command: Command): Promise<void> {
  const options = globalOptions(command);
  const { withCompany } = await import('../company-session.ts');
  const { findGate } = await import('../find-gate.ts');
  const { showApproval } = await import('../wait-for-approval.ts');
  await withCompany(options, async (session) => {
    const { coordination } = session;
    const { gate } = await findGate(coordination, key, { onlyApprovals: true });
    await coordination.command({ type: 'approval.cancel', gateId: gate.id });
    await showApproval(session, gate.id, openOutput(options.json));
  });
}
