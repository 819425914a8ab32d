/** What the host and the workers themselves say about workers. */
import { z } from 'zod';
import { memberIdSchema, roleIdSchema, workerIdSchema } from '../ids.ts';
import { epochMsSchema } from '../units.ts';

const reasonSchema = z.string().trim().min(1).max(4_000);

/** The host is about to start a process for an agent. */
export const startWorkerSchema = z.strictObject({
  type: z.literal('worker.start'),
  workerId: workerIdSchema,
  memberId: memberIdSchema,
  launcher: z.string().min(1).max(60),
  runner: z.string().min(1).max(60),
});

/** Asks the host for workers now, also for an agent whose workers have crashed so often that it waits. */
export const requestWorkersSchema = z.strictObject({
  type: z.literal('worker.request'),
  /** For that agent, or for agents of that role. */
  memberId: memberIdSchema.optional(),
  roleId: roleIdSchema.optional(),
  count: z.number().int().min(1).max(100).default(1),
  launcher: z.string().trim().min(1).max(60).nullable().default(null),
  runner: z.string().trim().min(1).max(60).nullable().default(null),
});

/** The process is up and speaks for its agent. */
export const reportReadySchema = z.strictObject({
  type: z.literal('worker.report_ready'),
  workerId: workerIdSchema,
  pid: z.number().int().positive(),
});

/** What a worker that is elsewhere says it takes of its machine; nobody decides anything by it. */
export const reportedUseSchema = z.strictObject({
  /** Time on a core since its start, in ms. */
  cpuMs: z.number().int().min(0).max(1e13),
  /** Resident, in bytes. */
  memory: z.number().int().min(0).max(1e14),
  processes: z.number().int().min(0).max(1_000_000),
});

/** A sign of life; renews the leases that are past half. */
export const beatSchema = z.strictObject({
  type: z.literal('worker.beat'),
  workerId: workerIdSchema,
  use: reportedUseSchema.optional(),
});

/** It takes no further task and ends after the current one. */
export const drainWorkerSchema = z.strictObject({
  type: z.literal('worker.drain'),
  workerId: workerIdSchema,
});

/** It takes no further task until it is resumed, and stays; what it has it goes on with. */
export const pauseWorkerSchema = z.strictObject({
  type: z.literal('worker.pause'),
  workerId: workerIdSchema,
  reason: reasonSchema,
});

export const resumeWorkerSchema = z.strictObject({
  type: z.literal('worker.resume'),
  workerId: workerIdSchema,
});

/** The host saw the process end, or a person ends it; what it held is released (stopped) or counts as a failed attempt (crashed). */
export const endWorkerSchema = z.strictObject({
  type: z.literal('worker.end'),
  workerId: workerIdSchema,
  outcome: z.enum(['stopped', 'crashed']),
  reason: reasonSchema,
  /** Of one that crashed: how often the agent’s workers did of late, and when its host starts the next one. */
  hold: z.strictObject({ crashes: z.number().int().min(1).max(100_000), until: epochMsSchema }).optional(),
});

/** Time passes: leases and locks run out, retries come due, gates time out. */
export const tickSchema = z.strictObject({ type: z.literal('tick') });

export const workerCommandSchemas = [
  startWorkerSchema,
  requestWorkersSchema,
  reportReadySchema,
  beatSchema,
  drainWorkerSchema,
  pauseWorkerSchema,
  resumeWorkerSchema,
  endWorkerSchema,
  tickSchema,
] as const;
