/** What can be asked about the number of workers. */
import { z } from 'zod';
import { scalingFileSchema } from '../org/company-file.ts';

/** Adds a rule, or replaces the one of that name; its size is looked at anew. */
export const setScalingSchema = z.strictObject({ type: z.literal('scaling.set'), rule: scalingFileSchema });

export const removeScalingSchema = z.strictObject({
  type: z.literal('scaling.remove'),
  id: z.string().trim().min(1).max(60),
});

/** The host looks at the load of every rule, and changes the sizes that are due. */
export const applyScalingSchema = z.strictObject({ type: z.literal('scaling.apply') });

export const scalingCommandSchemas = [setScalingSchema, removeScalingSchema, applyScalingSchema] as const;
