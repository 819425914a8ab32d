/** How workers in Docker are to be started. */
import type Docker from 'dockerode';

export interface DockerLimits {
  /** In bytes, with its files in scratch, which may take half of it; what goes beyond it is killed. */
  readonly memory: number;
  /** Of one core each: 1.5 is one and a half. */
  readonly cpus: number;
  /** Processes and threads at once: where a fork bomb ends. */
  readonly pids: number;
}

export interface DockerOptions {
  readonly engine: () => Promise<Docker>;
  readonly image: string;
  /** Whose containers these are: no other host of this engine touches them. */
  readonly owner: string;
  /** `none`, `bridge`, or a network of yours; never that of the host. */
  readonly network: string;
  readonly limits: DockerLimits;
  /** A folder that the worker may read under its own path, such as the workspace; null: none. */
  readonly workspace: string | null;
  /** Instead of the program that the image starts; the worker's id follows. */
  readonly command?: readonly string[];
  readonly logLimit?: number;
}

export const usualLimits: DockerLimits = { memory: 2 * 1024 * 1024 * 1024, cpus: 2, pids: 256 };
