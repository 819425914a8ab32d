/** The library for scripts: `import { connect } from 'agentcoord/client'`. */
import type { CompanySummary, Coordination } from '../contract/rpc.ts';
import { rpcVersion } from '../contract/rpc.ts';
import type { ErrorCode } from '../core/error.ts';
import { CoordError } from '../core/error.ts';
import { connectClient } from '../rpc/client.ts';
import type { HostAddress } from './find-host.ts';
import { findHost } from './find-host.ts';
import type { Identity } from './line.ts';
import { Line } from './line.ts';
import { Session } from './session.ts';

export type { GateView, StatusView, TaskBrief } from '../contract/queries.ts';
export type { CoordError, ErrorCode } from '../core/error.ts';
export type { StoredEvent } from '../core/event.ts';
export type { ClaimOptions } from './claim-task.ts';
export type { NewTask } from './create-tasks.ts';
export type { EventHandler, EventOptions, EventSubscription } from './events.ts';
export type { Verdict } from './give-verdict.ts';
export type { FileChange, HeldLock, WriteOptions } from './held-lock.ts';
export type { HeldTask, Result } from './held-task.ts';
export type { LockOptions } from './lock-file.ts';
export type { OrchestrateOptions } from './orchestrate.ts';
export type { ApprovalWish, Post, Session } from './session.ts';

export interface ConnectOptions extends HostAddress, Identity {}

/**
 * Connects to the host that runs, as a member of the company; without `member` and `role` as whoever the token stands
 * for, which is the owner for that of a data directory. Acting for a member needs the owner's token. An agent is online
 * as long as the session is open. The line is opened anew by itself; what was held on a lost line is lost and told so.
 *
 *     await using session = await connect({ role: 'engineer', workingOn: 'the login' });
 *
 * @throws CoordError `NOT_CONNECTED` - no host runs, and how to start one; this library never becomes one
 * @throws CoordError `NOT_FOUND`, `COMPANY_AMBIGUOUS`, `AGENT_BUSY` - the agent has its worker; `SESSION_INVALID`
 */
export async function connect(options: ConnectOptions = {}): Promise<Session> {
  return new Session(await Line.open(options));
}

/** Whether it is a refusal with this code: `hasCode(error, 'LOCK_HELD')`. Its words are for people. */
export function hasCode(error: unknown, code: ErrorCode): error is CoordError {
  return error instanceof CoordError && error.code === code;
}

export interface CreateCompanyOptions extends HostAddress {
  readonly from: Parameters<Coordination['createCompany']>[0]['from'];
  /** The name in the template or the file by default. */
  readonly name?: string;
}

/** Creates a company, such as `from: { template: 'startup' }`. @throws CoordError `COMPANY_EXISTS`, `NOT_CONNECTED` */
export async function createCompany(options: CreateCompanyOptions): Promise<CompanySummary> {
  const host = await findHost(options);
  const connection = connectClient(await host.open());
  try {
    await connection.hello({ version: rpcVersion, token: host.token, client: 'script' });
    return await connection.createCompany({ from: options.from, name: options.name ?? null });
  } finally {
    connection.close();
  }
}
