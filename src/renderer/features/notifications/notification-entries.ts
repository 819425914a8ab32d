/** What the settings say of notifications, with the words by which each is found. */
import { CategorySettings, QuietSetting, TryOne } from './notification-settings.tsx';
import { strings } from './strings.ts';

const section = 'notifications';

export const notificationEntries = [
  {
    id: 'notified',
    section,
    title: strings.what,
    help: strings.whatMore,
    words: strings.whatWords,
    wide: true,
    Control: CategorySettings,
  },
  {
    id: 'quiet',
    section,
    title: strings.quiet,
    help: strings.quietMore,
    words: strings.quietWords,
    wide: true,
    Control: QuietSetting,
  },
  {
    id: 'try',
    section,
    title: strings.tryIt,
    help: strings.tryItMore,
    words: strings.tryItWords,
    Control: TryOne,
  },
] as const;
