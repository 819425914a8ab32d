/** What the container of a worker may do, see and use. */
import type Docker from 'dockerode';
import type { LaunchRequest } from '../../contract/launcher.ts';
import type { DockerOptions } from './docker-options.ts';

export const workerLabel = 'agentcoord.worker';
export const ownerLabel = 'agentcoord.owner';

/** Where the socket of the host is mounted. */
const socketInside = '/run/agentcoord/host.sock';
/** All that it can write: gone with it. The kernel counts it as memory of the container, so it has half of that. */
const scratch = '/tmp';

export function containerOf(
  { workerId, environment }: LaunchRequest,
  { image, owner, network, limits, workspace, command }: DockerOptions,
): Docker.ContainerCreateOptions {
  const { AGENTCOORD_SOCKET: socket, ...others } = environment;
  const inside = {
    ...others,
    ...(socket !== undefined && { AGENTCOORD_SOCKET: socketInside }),
    HOME: scratch,
    TMPDIR: scratch,
  };
  return {
    name: `agentcoord-${workerId}`,
    Image: image,
    ...(command && { Entrypoint: [...command] }),
    Cmd: [workerId],
    Env: Object.entries(inside).map(([name, value]) => `${name}=${value}`),
    // The socket of the host belongs to whoever runs the host; with every capability dropped, root is nobody special.
    User: `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
    Labels: { [workerLabel]: workerId, [ownerLabel]: owner },
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    HostConfig: {
      NetworkMode: network,
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      Memory: limits.memory,
      // No swap beside it.
      MemorySwap: limits.memory,
      NanoCpus: Math.round(limits.cpus * 1e9),
      PidsLimit: limits.pids,
      // What a task builds and installs lies there and is run: without "exec" the engine adds "noexec".
      Tmpfs: { [scratch]: `rw,exec,nosuid,nodev,size=${Math.floor(limits.memory / 2)},mode=1777` },
      Binds: [
        ...(socket === undefined ? [] : [`${socket}:${socketInside}`]),
        ...(workspace === null ? [] : [`${workspace}:${workspace}:ro`]),
      ],
      // Its outputs go to the worker's log; the engine keeps no second one.
      LogConfig: { Type: 'none', Config: {} },
      RestartPolicy: { Name: 'no' },
    },
  };
}
