/** How a data directory knows Railway: never the token itself. */
import { z } from 'zod';

export const railwaySettingsSchema = z.strictObject({
  projectId: z.string().min(1).max(100),
  environmentId: z.string().min(1).max(100),
  /** In a registry that Railway reaches. */
  image: z.string().min(1).max(500),
  region: z.string().min(1).max(100).nullable(),
  /** GB and cores; null: as Railway has it. */
  memory: z.number().positive().nullable(),
  vCpus: z.number().positive().nullable(),
  /** At once, at most. */
  maxServices: z.number().int().min(1).max(1_000),
  /** Null: where Railway's API is. */
  endpoint: z.string().nullable(),
  /** What it opens: one environment of a project, or all that an account or workspace has. */
  tokenKind: z.enum(['project', 'account']),
  /** `environment`: it is in the environment of the host. */
  token: z.enum(['keychain', 'environment']),
});

export type RailwaySettings = z.output<typeof railwaySettingsSchema>;

export const usualMaxServices = 3;
