/** The contenders that run in one process, by name. */
import type { OpenStation } from '../contender.ts';
import { openInProcess } from './agentcoord-in-process.ts';
import { openOnRedis } from './agentcoord-on-redis.ts';
import { openBetterQueue } from './better-queue.ts';
import { openBullInProcess } from './bullmq-in-process.ts';
import { openGroupCommit } from './group-commit.ts';
import { openPlainjob, openPlainjobFull } from './plainjob.ts';

export const stations = {
  agentcoord: openInProcess,
  agentcoordOnRedis: openOnRedis,
  limit: openGroupCommit,
  bullmq: openBullInProcess,
  plainjob: openPlainjob,
  plainjobFull: openPlainjobFull,
  betterQueue: openBetterQueue,
} as const satisfies Readonly<Record<string, OpenStation>>;

export type StationName = keyof typeof stations;
