/** The words of the command palette, and the screens that it leads to. */
import { strings as company } from '../../company/strings.ts';
import type { IconName } from '../../design/icon.tsx';
import { strings as settingStrings } from '../../features/settings/strings.ts';
import { strings as app } from '../strings.ts';

interface ScreenEntry {
  readonly path: string;
  readonly icon: IconName;
  readonly name: string;
  readonly keys: string | null;
}

const screens: readonly ScreenEntry[] = [
  { path: '/', icon: 'home', name: app.home, keys: 'g h' },
  { path: '/board', icon: 'board', name: app.board, keys: 'g b' },
  { path: '/gates', icon: 'gate', name: app.gates, keys: 'g g' },
  { path: '/workers', icon: 'worker', name: app.workers, keys: 'g w' },
  { path: '/org', icon: 'org', name: app.org, keys: 'g o' },
  { path: '/workflows', icon: 'workflow', name: app.workflows, keys: 'g f' },
  { path: '/threads', icon: 'thread', name: app.threads, keys: 'g t' },
  { path: '/channels', icon: 'channel', name: app.channels, keys: null },
  { path: '/plugins', icon: 'channel', name: app.plugins, keys: null },
  { path: '/costs', icon: 'costs', name: app.costs, keys: 'g m' },
  { path: '/reviews', icon: 'review', name: app.reviews, keys: 'g r' },
  { path: '/history', icon: 'history', name: app.history, keys: 'g y' },
  { path: '/settings', icon: 'settings', name: app.settings, keys: 'g ,' },
  { path: '/first-steps', icon: 'next', name: app.firstSteps, keys: null },
  { path: '/conflicts', icon: 'conflict', name: app.conflicts, keys: 'g c' },
];

const { sections } = settingStrings;
const settings: readonly Omit<ScreenEntry, 'keys'>[] = [
  { path: '/settings/appearance', icon: 'contrast', name: sections.appearance },
  { path: '/settings/company', icon: 'org', name: sections.company },
  { path: '/settings/tokens', icon: 'lock', name: sections.tokens },
  { path: '/settings/keys', icon: 'keyboard', name: sections.keys },
  { path: '/settings/about', icon: 'info', name: sections.about },
];

export const strings = {
  screens,
  settings,
  setting: (name: string) => `Settings: ${name}`,
  title: 'Commands',
  close: 'Close',
  placeholder: 'Go to, do, or find by name',
  list: 'What fits',
  none: 'Nothing has such a name.',
  switchTo: (company: string) => `Switch to ${company}`,
  goTo: (screen: string) => `Go to ${screen}`,
  kinds: {
    screen: 'screen',
    act: 'command',
    epic: 'epic',
    timeline: 'timeline',
    graph: 'graph',
    gate: 'gate',
    task: 'task',
    thread: 'thread',
    worker: 'worker',
    workflow: 'workflow',
    setting: 'setting',
    company: 'company',
  },
  acts: {
    startEpic: 'Start an epic',
    resume: 'Resume the company',
    pause: company.switches.pause.menu,
    stop: company.switches.stop.menu,
    density: 'Switch the density',
    motion: 'Less motion, or as the system',
    theme: 'Switch the theme',
    keys: 'Show all keys',
  },
} as const;
