/** The words of the frame around all screens. */
import { formatNumber } from '../lib/format.ts';

export const strings = {
  product: 'AgentCoord',
  skip: 'Skip to the content',
  nav: 'Screens',
  home: 'Home',
  board: 'Work board',
  gates: 'Gates',
  workers: 'Workers',
  threads: 'Board',
  unreadThreads: (count: number) =>
    `${count} ${count === 1 ? 'thread has' : 'threads have'} something unread for you`,
  costs: 'Costs',
  history: 'History',
  conflicts: 'Conflicts',
  conflictsOpen: (count: number) => `${count} ${count === 1 ? 'conflict waits' : 'conflicts wait'}`,
  gatesNeedYou: (count: number) => `${count} ${count === 1 ? 'gate needs' : 'gates need'} you`,
  workersRunning: (count: number) => `${count} running`,
  theme: 'Theme',
  nextTheme: (theme: string) => `Theme: ${theme}. Switch it`,
  themes: { system: 'As the system', dark: 'Dark', light: 'Light' },
  keys: 'Keys',
  keysTitle: 'Keys',
  close: 'Close',
  toasts: 'Messages',
  connecting: 'Connecting to the host',
  live: 'Live',
  lostShort: 'Connection lost',
  lost: 'The connection to the host is lost.',
  lostMore: 'What you see is as it was then. Nothing that was accepted is lost.',
  lostRetry: (seconds: number) => (seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again …'),
  retryNow: 'Try now',
  healed: 'The connection is back.',
  rests: { paused: 'The company is paused.', stopped: 'Everything is stopped.' },
  theHost: 'the host',
  cutOffShort: 'On its own',
  noAnswerSince: (time: string) => `Redis hasn’t answered since ${time}.`,
  goesOn: 'Work goes on here.',
  waitsToBeShared: (events: number) =>
    events === 0
      ? 'Nothing waits to be shared yet.'
      : `${formatNumber(events)} ${events === 1 ? 'event waits' : 'events wait'} to be shared.`,
  onlyOwnTasks: 'Only tasks of this host are taken.',
  givenUp: 'The other hosts count this one as lost and do its tasks; it takes none.',
  answersAgain: 'Redis answers again.',
  catchingUp: 'What was done here meanwhile is being shared.',
  backAfter: (duration: string) => `Back with the other hosts after ${duration}.`,
  sharedBut: (conflicts: number) =>
    conflicts === 0
      ? 'What was done here is shared.'
      : `What was done here is shared, but for ${conflicts === 1 ? 'one thing that no longer fits' : `${conflicts} things that no longer fit`}.`,
  lookAtThem: (conflicts: number) => (conflicts === 1 ? 'Look at it' : 'Look at them'),
  resume: 'Resume',
  refused: 'The host does not know you',
  startedAnew: 'The host was started anew',
  startedAnewMore:
    'Open the address that it printed: the one of this page was for the host before. Nothing that was accepted is lost, and a note that you were writing is kept in this tab.',
  choose: 'Which company?',
  chooseMore: 'This host runs several companies.',
  notFound: 'There is no such page',
  notFoundMore: 'The address leads nowhere. The screens at the left are all there are.',
  goHome: 'Go home',
  crash: 'This screen broke',
  crashMore: 'A fault of ours. The company goes on; only this picture of it failed.',
  crashRetry: 'Show it again',
  yourself: 'you',
  keyGroups: [
    {
      title: 'Everywhere',
      keys: [
        ['Ctrl K', 'Commands: go, do, find by name'],
        ['g h', 'Home'],
        ['g b', 'Work board'],
        ['g g', 'Gates'],
        ['g w', 'Workers'],
        ['g t', 'Board'],
        ['g m', 'Costs'],
        ['g y', 'History'],
        ['g c', 'Conflicts'],
        ['n', 'Start an epic (home, board)'],
        ['t', 'Switch the theme'],
        ['?', 'This list'],
      ],
    },
    {
      title: 'Work board',
      keys: [
        ['← ↓ ↑ →', 'Walk over the cards; also h j k l'],
        ['Enter', 'Open the card'],
        ['Esc', 'Close it'],
        ['/', 'Find a task'],
        ['r', 'Show or hide reviews'],
        ['m', 'Move the card, or see why it can’t be'],
        ['x', 'Select it; Ctrl-click and Shift-click do, too'],
      ],
    },
    {
      title: 'Gates',
      keys: [
        ['j k', 'Next, previous gate'],
        ['a', 'Approve'],
        ['r', 'Request changes'],
      ],
    },
    {
      title: 'Conflicts',
      keys: [
        ['j k', 'Next, previous conflict'],
        ['a', 'Apply it again'],
        ['d', 'Drop it, with a reason'],
      ],
    },
    {
      title: 'Workers',
      keys: [
        ['j k', 'Next, previous worker'],
        ['/', 'Find in the log'],
        ['f', 'Follow the log'],
      ],
    },
  ],
} as const;
