/** The words of the settings of notifications. */
import type { NotificationCategory } from '../../../contract/notification-settings.ts';

export const strings = {
  what: 'What is told',
  whatMore:
    'A notification of the system for each; a click leads to exactly that. Nothing is told while you look at the app.',
  whatWords: 'notification desktop categories gates alerts toast badge',
  categories: {
    gate: 'Gates and approvals that need you',
    veto: 'Vetoes that you may rule on',
    question: 'Questions that wait for your answer',
    message: 'Messages to you',
    budget: 'Budgets that are nearly used up',
  } satisfies Record<NotificationCategory, string>,
  quiet: 'Quiet hours',
  quietMore:
    'What comes in these hours is told when they end, all at once, as far as it still waits. The tray and the icon count on.',
  quietWords: 'do not disturb silence night digest sleep time',
  quietOn: 'Keep quiet',
  from: 'From',
  to: 'To',
  zone: (zone: string) => `In ${zone}.`,
  badTime: 'Say it as 22:00.',
  sameTimes: 'From and to are the same: name two times.',
  save: 'Save',
  saved: 'Saved.',
  tryIt: 'Try one',
  tryItMore: 'Whether and how your system shows them.',
  tryItWords: 'test example',
  show: 'Show one',
  shown: 'It was handed to the system.',
  notShown: 'This system shows no notifications.',
  onlyInApp: 'Only in the installed desktop app.',
  loading: 'Asking the app',
} as const;
