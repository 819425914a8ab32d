/** Builds out/ unless it is newer than all that it is built from: `npm ci` has just built it before `npm start`. */
import { spawnSync } from 'node:child_process';
import { isFresh } from './freshness.ts';
import { projectFolder } from './project-folder.ts';

if (!isFresh(projectFolder)) {
  process.exitCode =
    spawnSync('npm', ['run', '--silent', 'build'], { cwd: projectFolder, stdio: 'inherit' }).status ?? 1;
}
