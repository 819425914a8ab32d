/** What a host starts workers with: processes of this machine, containers of its Docker engine, services at Railway. */
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
  /** The folder that members share and write in, when it was named. */
  readonly workspace: string | null;
  /** Where workers keep the compiled form of their program, so that the next one starts sooner. */
  readonly compileCache: string;
  /** Null: it is not set up. */
  readonly railway: Launcher | null;
}

/** @throws CoordError `BAD_INPUT` - there is no such launcher */
export function launchersOf(
  { usual, docker }: LauncherChoice,
  { host, workspace, compileCache, railway }: Surroundings,
): readonly [Launcher, ...Launcher[]] {
  const environment = { ...workerProgram.environment, NODE_COMPILE_CACHE: compileCache };
  const all = [
    createSubprocessLauncher({ ...workerProgram, environment }),
    dockerWorkers(docker, host, workspace),
    ...(railway ? [railway] : []),
  ];
  if (usual === 'railway' && railway === null) throw notSetUp();
  const first = all.find(({ name }) => name === usual);
  if (!first) {
    const known = all.map(({ name }) => name).join(', ');
    throw new CoordError('BAD_INPUT', `There is no launcher “${usual}”; there are: ${known}`, {
      launcher: usual,
    });
  }
  return [first, ...all.filter((launcher) => launcher !== first)];
}

function notSetUp(): CoordError {
  return new CoordError(
    'BAD_INPUT',
    'Railway is not set up here: say where with “agentcoord railway set --project ID --environment ID --image NAME”',
    { launcher: 'railway' },
  );
}
