/** What the desktop app tells its person outside of its window, and when: of this person on this machine. */
import { z } from 'zod';
import { quietHoursSchema } from '../core/channel/channel-rules.ts';

export const notificationCategories = ['gate', 'veto', 'question', 'message', 'budget'] as const;
export type NotificationCategory = (typeof notificationCategories)[number];

export const notificationSettingsSchema = z.strictObject({
  categories: z.strictObject({
    /** Gates and approvals that wait for the person. */
    gate: z.boolean(),
    /** Vetoes that they may rule on. */
    veto: z.boolean(),
    /** What a task waits to be told by them. */
    question: z.boolean(),
    /** What was written to them. */
    message: z.boolean(),
    /** Budgets that are nearly used up. */
    budget: z.boolean(),
  }),
  /** What comes then is told when it is over, all at once. */
  quiet: quietHoursSchema,
});

export type NotificationSettings = z.output<typeof notificationSettingsSchema>;

/** While nobody chose: whatever waits for the person, at any time. */
export const usualNotifications: NotificationSettings = {
  categories: { gate: true, veto: true, question: true, message: false, budget: true },
  quiet: null,
};
