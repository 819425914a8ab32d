/** All screens, in the order of their numbers. */
import type { Screen } from '../model/screen.ts';
import { boardScreen } from './board-screen.ts';
import { costsScreen } from './costs-screen.ts';
import { gatesScreen } from './gates-screen.ts';
import { homeScreen } from './home-screen.ts';
import { locksScreen } from './locks-screen.ts';
import { tasksScreen } from './tasks-screen.ts';
import { workersScreen } from './workers-screen.ts';

export const screens: readonly [Screen, ...Screen[]] = [
  homeScreen,
  tasksScreen,
  gatesScreen,
  workersScreen,
  locksScreen,
  boardScreen,
  costsScreen,
];
