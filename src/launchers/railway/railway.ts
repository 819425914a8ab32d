/** Starts workers as services of a Railway project, one each: they come to the host over the network. */
import { setTimeout as delay } from 'node:timers/promises';
import type { LaunchedProcess, Launcher, LaunchRequest } from '../../contract/launcher.ts';
import { CoordError } from '../../core/error.ts';
import { RotatingFile } from '../rotating-file.ts';
import { RailwayApi } from './railway-api.ts';
import { RailwayCalls } from './railway-calls.ts';
import { isFault } from './railway-fault.ts';
import type { RailwayOptions } from './railway-options.ts';
import { readyWithin, usualPace } from './railway-options.ts';
import { ownPrefix, serviceName } from './service-names.ts';
import { ServiceWatch } from './service-watch.ts';

/** Behind the grace, for Railway to say that it has ended, in ms. */
const toSay = 5_000;

export function createRailwayLauncher(options: RailwayOptions): Launcher {
  const { owner, maxServices, onFault, logLimit = 8 * 1024 * 1024 } = options;
  const pace = { ...usualPace, ...options.pace };
  const calls = new RailwayCalls(new RailwayApi({ ...options, pace }), options);
  const watch = new ServiceWatch(calls, pace, onFault);
  let starting = 0;
  /** Names of what the sweep found, until somebody asks for it. */
  let swept: Promise<Set<string>> | null = null;

  /** Once, before there are any of this run: whatever bears the mark of the host is left over. */
  function sweep(): Promise<Set<string>> {
    swept ??= removeAll().catch((error: unknown) => {
      swept = null;
      throw error;
    });
    return swept;
  }

  async function removeAll(): Promise<Set<string>> {
    const { services } = await calls.services();
    const left = services.filter(({ name }) => name.startsWith(ownPrefix(owner)));
    for (const { id } of left) await deleteGone(id);
    return new Set(left.map(({ name }) => name));
  }

  async function deleteGone(id: string): Promise<void> {
    await calls.deleteService(id).catch((error: unknown) => {
      if (!isFault(error, 'gone')) throw error;
    });
  }

  async function launch(request: LaunchRequest): Promise<LaunchedProcess> {
    if (watch.count + starting >= maxServices) throw full(maxServices);
    starting += 1;
    const log = await RotatingFile.open(request.logFile, logLimit);
    try {
      await sweep();
      const { serviceId, deploymentId } = await start(request);
      return launched(serviceId, deploymentId, log);
    } catch (error) {
      await log.close();
      throw error;
    } finally {
      starting -= 1;
    }
  }

  async function start({ workerId, environment, token }: LaunchRequest) {
    const name = serviceName(owner, workerId);
    const variables = { ...environment, AGENTCOORD_TOKEN: token };
    const serviceId = await calls.createService(name, variables, [token]).catch((error: unknown) => {
      // It may have been made all the same.
      if (isFault(error, 'away')) watch.removeNamed(name);
      throw error;
    });
    try {
      const { image, region, limits } = options;
      const grace = Number(environment['AGENTCOORD_GRACE_MS'] ?? 10_000);
      await calls.setUp(serviceId, { image, region, drainingSeconds: Math.ceil(grace / 1_000) });
      await calls.limit(serviceId, limits);
      return { serviceId, deploymentId: await calls.deploy(serviceId) };
    } catch (error) {
      await watch.remove(serviceId);
      throw error;
    }
  }

  function launched(serviceId: string, deploymentId: string, log: RotatingFile): LaunchedProcess {
    const ended = watch.watch(serviceId, deploymentId, log);
    return {
      pid: null,
      ended,
      stop: async (graceMs) => {
        if (graceMs > 0) {
          await watch.stop(serviceId);
          const timer = new AbortController();
          const over = delay(graceMs + toSay, undefined, { signal: timer.signal }).catch(() => undefined);
          await Promise.race([ended, over]);
          timer.abort();
        }
        await watch.kill(serviceId);
        await ended;
      },
      // Railway counts requests: a worker says itself what it uses, with its heartbeat.
      measure: async () => null,
    };
  }

  return {
    name: 'railway',
    reach: 'network',
    readyWithin,
    atMost: maxServices,
    trouble: () =>
      options.token().then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      ),
    launch,
    removeOrphans: async () => {
      await sweep();
    },
    killLeftover: async (workerId) => {
      const name = serviceName(owner, workerId);
      if ((await sweep()).delete(name)) return true;
      const { services } = await calls.services();
      const left = services.filter((service) => service.name === name);
      for (const { id } of left) await deleteGone(id);
      return left.length > 0;
    },
  };
}

function full(maxServices: number): CoordError {
  return new CoordError(
    'LAUNCH_FAILED',
    `This host has ${maxServices} services at Railway, and may have no more. ` +
      'Wait until one has ended, or allow more with “agentcoord railway set --max-services”',
    { limit: maxServices },
  );
}
