/** What a host starts workers with: processes of this machine, and containers of its Docker engine. */
import type { Launcher } from '../contract/launcher.ts';
import { CoordError } from '../core/error.ts';
import type { HostId } from '../core/ids.ts';
import { createSubprocessLauncher } from '../launchers/subprocess.ts';
import type { DockerChoice } from './docker-workers.ts';
import { dockerWorkers } from './docker-workers.ts';
import { workerProgram } from './installation.ts';

export interface LauncherChoice {
  /** Starts what names no other. */
  readonly usual: string;
  readonly docker: DockerChoice;
}

interface Surroundings {
  readonly host: HostId;
  /** The folder that members write in, when it was named. */
  readonly workspace: string | null;
  /** Where workers keep the compiled form of their program, so that the next one starts sooner. */
  readonly compileCache: string;
  /** Each task gets a git worktree, which only a process of this machine finds. */
  readonly hasWorktrees: boolean;
}

/** @throws CoordError `BAD_INPUT` - there is no such launcher, or it can't be used so */
export function launchersOf(
  { usual, docker }: LauncherChoice,
  { host, workspace, compileCache, hasWorktrees }: Surroundings,
): readonly [Launcher, ...Launcher[]] {
  const environment = { ...workerProgram.environment, NODE_COMPILE_CACHE: compileCache };
  const all = [
    createSubprocessLauncher({ ...workerProgram, environment }),
    dockerWorkers(docker, host, workspace),
  ];
  const first = all.find(({ name }) => name === usual);
  if (!first) {
    const known = all.map(({ name }) => name).join(', ');
    throw new CoordError('BAD_INPUT', `There is no launcher “${usual}”; there are: ${known}`, {
      launcher: usual,
    });
  }
  if (usual === 'docker' && hasWorktrees) {
    throw new CoordError(
      'BAD_INPUT',
      'Workers in Docker don’t reach git worktrees: use --workspace-mode shared, or --launcher subprocess',
    );
  }
  return [first, ...all.filter((launcher) => launcher !== first)];
}
