/** Workers in Docker, as a host starts them, and the image that they run from. */
import type { Launcher } from '../contract/launcher.ts';
import type { HostId } from '../core/ids.ts';
import { createDockerLauncher } from '../launchers/docker/docker.ts';
import type { DockerLimits } from '../launchers/docker/docker-options.ts';
import { usualLimits } from '../launchers/docker/docker-options.ts';
import { dockerEngine } from '../launchers/docker/engine.ts';
import { buildImage, importImage } from '../launchers/docker/worker-image.ts';
import { installationFolder } from './installation.ts';

const usualImage = 'agentcoord-worker:latest';

export interface DockerChoice {
  readonly image?: string;
  readonly network?: string;
  readonly limits?: Partial<DockerLimits>;
}

/** @param host whose containers they are @throws CoordError `BAD_INPUT` - the network of the host itself */
export function dockerWorkers(
  { image = usualImage, network = 'bridge', limits = {} }: DockerChoice,
  host: HostId,
  workspace: string | null,
): Launcher {
  return createDockerLauncher({
    engine: dockerEngine,
    image,
    owner: host,
    network,
    limits: { ...usualLimits, ...limits },
    workspace,
  });
}

/** @throws CoordError `LAUNCH_FAILED` - no engine, or it can't be built; `BAD_INPUT` - not on Linux */
export async function makeWorkerImage({ tag, isLocal }: { tag: string; isLocal: boolean }): Promise<void> {
  const image = { engine: await dockerEngine(), tag, installation: installationFolder };
  await (isLocal ? importImage(image) : buildImage(image));
}
