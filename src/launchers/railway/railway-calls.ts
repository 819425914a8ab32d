/** What we ask of Railway, each as one call: services, their settings, deployments and logs. */
import { z } from 'zod';
import type { RailwayApi } from './railway-api.ts';
import type { RailwayLimits, RailwayPlace } from './railway-options.ts';

export interface RailwayService {
  readonly id: string;
  readonly name: string;
}

export interface RailwayDeployment {
  readonly id: string;
  readonly status: string;
  /** All of its instances have stopped. */
  readonly deploymentStopped: boolean;
}

export interface LogLine {
  /** RFC 3339, to the nanosecond. */
  readonly timestamp: string;
  readonly message: string;
}

const deploymentSchema = z.object({ id: z.string(), status: z.string(), deploymentStopped: z.boolean() });
const logSchema = z.array(z.object({ timestamp: z.string(), message: z.string() }));
const linesAtOnce = 500;
const pageSize = 100;

const servicesSchema = z.object({
  project: z.object({
    name: z.string(),
    services: z.object({
      edges: z.array(z.object({ node: z.object({ id: z.string(), name: z.string() }) })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
});

export class RailwayCalls {
  readonly #api: RailwayApi;
  readonly #place: RailwayPlace;

  constructor(api: RailwayApi, { projectId, environmentId }: RailwayPlace) {
    this.#api = api;
    this.#place = { projectId, environmentId };
  }

  /** All of the project. */
  async services(): Promise<{ readonly project: string; readonly services: readonly RailwayService[] }> {
    const services: RailwayService[] = [];
    for (let after: string | null = null; ; ) {
      const page: z.output<typeof servicesSchema> = await this.#api.ask({
        document: `query services($id: String!, $first: Int, $after: String) {
          project(id: $id) { name services(first: $first, after: $after) {
            edges { node { id name } } pageInfo { hasNextPage endCursor } } } }`,
        variables: { id: this.#place.projectId, first: pageSize, after },
        answer: servicesSchema,
      });
      const { project } = page;
      services.push(...project.services.edges.map(({ node }) => node));
      const { hasNextPage, endCursor } = project.services.pageInfo;
      if (!hasNextPage || endCursor === null) return { project: project.name, services };
      after = endCursor;
    }
  }

  /** Without an image yet, so that nothing is deployed before all is set. Not to be asked twice. @returns its id */
  async createService(
    name: string,
    variables: Readonly<Record<string, string>>,
    secrets: readonly string[],
  ): Promise<string> {
    const { serviceCreate } = await this.#api.ask({
      document: 'mutation create($input: ServiceCreateInput!) { serviceCreate(input: $input) { id } }',
      variables: { input: { ...this.#place, name, variables } },
      answer: z.object({ serviceCreate: z.object({ id: z.string() }) }),
      isRepeatable: false,
      secrets,
    });
    return serviceCreate.id;
  }

  /** It is started once: whether there is to be another one, the host decides. @param drainingSeconds before it is killed */
  async setUp(
    serviceId: string,
    { image, region, drainingSeconds }: { image: string; region: string | null; drainingSeconds: number },
  ): Promise<void> {
    const { environmentId } = this.#place;
    const input = {
      source: { image },
      restartPolicyType: 'NEVER',
      restartPolicyMaxRetries: 0,
      numReplicas: 1,
      sleepApplication: false,
      drainingSeconds,
      ...(region !== null && { region }),
    };
    await this.#api.ask({
      document: `mutation setUp($serviceId: String!, $environmentId: String!, $input: ServiceInstanceUpdateInput!) {
        serviceInstanceUpdate(serviceId: $serviceId, environmentId: $environmentId, input: $input) }`,
      variables: { serviceId, environmentId, input },
      answer: z.object({ serviceInstanceUpdate: z.literal(true) }),
    });
  }

  async limit(serviceId: string, { memory, vCpus }: RailwayLimits): Promise<void> {
    if (memory === null && vCpus === null) return;
    const { environmentId } = this.#place;
    await this.#api.ask({
      document: `mutation limit($input: ServiceInstanceLimitsUpdateInput!) {
        serviceInstanceLimitsUpdate(input: $input) }`,
      variables: {
        input: {
          serviceId,
          environmentId,
          ...(memory !== null && { memoryGB: memory }),
          ...(vCpus !== null && { vCPUs: vCpus }),
        },
      },
      answer: z.object({ serviceInstanceLimitsUpdate: z.literal(true) }),
    });
  }

  /** Not to be asked twice: the worker's token is good for one. @returns the id of the deployment */
  async deploy(serviceId: string): Promise<string> {
    const { environmentId } = this.#place;
    const { serviceInstanceDeployV2 } = await this.#api.ask({
      document: `mutation deploy($serviceId: String!, $environmentId: String!) {
        serviceInstanceDeployV2(serviceId: $serviceId, environmentId: $environmentId) }`,
      variables: { serviceId, environmentId },
      answer: z.object({ serviceInstanceDeployV2: z.string() }),
      isRepeatable: false,
    });
    return serviceInstanceDeployV2;
  }

  /** Lets it end: it has the time that `setUp` gave it. */
  async stop(deploymentId: string): Promise<void> {
    await this.#api.ask({
      document: 'mutation stop($id: String!) { deploymentStop(id: $id) }',
      variables: { id: deploymentId },
      answer: z.object({ deploymentStop: z.boolean() }),
    });
  }

  /** With its deployments, in our environment alone. */
  async deleteService(serviceId: string): Promise<void> {
    const { environmentId } = this.#place;
    await this.#api.ask({
      document: `mutation delete($id: String!, $environmentId: String) {
        serviceDelete(id: $id, environmentId: $environmentId) }`,
      variables: { id: serviceId, environmentId },
      answer: z.object({ serviceDelete: z.boolean() }),
    });
  }

  /** The newest of the environment, and what each of the named ones wrote since. One request, however many there are. */
  async look(wanted: readonly { readonly deploymentId: string; readonly since: string | null }[]): Promise<{
    readonly deployments: readonly RailwayDeployment[];
    readonly logs: readonly (readonly LogLine[])[];
  }> {
    const names = wanted.map((_, n) => `$d${n}: String!, $s${n}: DateTime`).join(', ');
    const logs = wanted.map(
      (_, n) =>
        `l${n}: deploymentLogs(deploymentId: $d${n}, startDate: $s${n}, limit: ${linesAtOnce}) { timestamp message }`,
    );
    const answer = await this.#api.ask({
      document: `query look($input: DeploymentListInput!, $first: Int${names === '' ? '' : `, ${names}`}) {
        deployments(input: $input, first: $first) { edges { node { id status deploymentStopped } } }
        ${logs.join('\n')} }`,
      variables: {
        input: this.#place,
        first: pageSize,
        ...Object.fromEntries(
          wanted.flatMap(({ deploymentId, since }, n) => [
            [`d${n}`, deploymentId],
            [`s${n}`, since],
          ]),
        ),
      },
      answer: z
        .object({ deployments: z.object({ edges: z.array(z.object({ node: deploymentSchema })) }) })
        .catchall(logSchema),
    });
    return {
      deployments: answer.deployments.edges.map(({ node }) => node),
      logs: wanted.map((_, n) => answer[`l${n}`] as readonly LogLine[]),
    };
  }

  async deployment(id: string): Promise<RailwayDeployment> {
    const { deployment } = await this.#api.ask({
      document: 'query one($id: String!) { deployment(id: $id) { id status deploymentStopped } }',
      variables: { id },
      answer: z.object({ deployment: deploymentSchema }),
    });
    return deployment;
  }

  async logs(deploymentId: string, since: string | null): Promise<readonly LogLine[]> {
    const { deploymentLogs } = await this.#api.ask({
      document: `query logs($id: String!, $since: DateTime, $limit: Int) {
        deploymentLogs(deploymentId: $id, startDate: $since, limit: $limit) { timestamp message } }`,
      variables: { id: deploymentId, since, limit: linesAtOnce },
      answer: z.object({ deploymentLogs: logSchema }),
    });
    return deploymentLogs;
  }

  /** What was said while its image was fetched. */
  async buildLogs(deploymentId: string): Promise<readonly LogLine[]> {
    const { buildLogs } = await this.#api.ask({
      document: `query build($id: String!, $limit: Int) {
        buildLogs(deploymentId: $id, limit: $limit) { timestamp message } }`,
      variables: { id: deploymentId, limit: linesAtOnce },
      answer: z.object({ buildLogs: logSchema }),
    });
    return buildLogs;
  }
}
