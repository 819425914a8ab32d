/** Shows where the companies are kept, in the system's file manager. */
import { shell } from 'electron';
import { CoordError } from '../core/error.ts';

/** @throws CoordError `WRONG_STATE` - the system shows no folders, in its own words */
export async function openFolder(folder: string): Promise<void> {
  const failure = await shell.openPath(folder);
  if (failure !== '') throw new CoordError('WRONG_STATE', `${folder} can’t be shown: ${failure}`);
}
