/** How far a company is that moves, in words. */
import type { MoveProgress } from '../../contract/company-places.ts';
import { progressText } from './progress.ts';

export const moveUnits: Readonly<Record<MoveProgress['stage'], string>> = {
  fetching: 'artifacts fetched',
  writing: 'events written',
  comparing: 'events compared',
};

export const moveText = ({ stage, done, total }: MoveProgress): string =>
  progressText(done, total, moveUnits[stage]);
