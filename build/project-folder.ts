/** Names the checkout's root and its ignored cache folder, wherever a script is started from. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** Holds what is fetched or compiled for this checkout; safe to delete at any time. */
export const cacheFolder = path.join(projectFolder, '.cache');
