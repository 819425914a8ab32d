/** The settings, with what the frame and other features put into them. */
import { notificationEntries } from '../features/notifications/notification-entries.ts';
import type { SettingEntry } from '../features/settings/setting-entries.ts';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { workerEntries } from '../features/workers/worker-settings.ts';
import { KeyList } from './key-list.tsx';
import { strings } from './strings.ts';

/** A feature that has settings puts them in here: its section, its words, and what is shown. */
const more: readonly SettingEntry[] = [
  ...notificationEntries,
  ...workerEntries,
  {
    id: 'keys',
    section: 'keys',
    title: strings.keys,
    help: strings.keysMore,
    words: strings.keyGroups.flatMap(({ title, keys }) => [title, ...keys.flat()]).join(' '),
    wide: true,
    Control: KeyList,
  },
];

export function Settings({ section }: { section: string | undefined }) {
  return <SettingsScreen section={section} more={more} />;
}
