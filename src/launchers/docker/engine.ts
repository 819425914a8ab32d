/** The Docker engine of this machine, or the one that DOCKER_HOST names. */
import type Docker from 'dockerode';

/** It is loaded, and connects, only when somebody asks it something. */
export async function dockerEngine(): Promise<Docker> {
  const { default: Engine } = await import('dockerode');
  return new Engine();
}
