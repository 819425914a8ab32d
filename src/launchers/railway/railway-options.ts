/** How workers at Railway are to be started. */
import type { DurationMs } from '../../core/units.ts';
import { minutes, ms, seconds } from '../../core/units.ts';

/** Where its API answers. */
export const railwayEndpoint = 'https://backboard.railway.com/graphql/v2';

/** Of one environment of a project, or of an account or workspace: Railway takes them in different headers. */
export type RailwayTokenKind = 'project' | 'account';

export interface RailwayToken {
  readonly kind: RailwayTokenKind;
  readonly value: string;
}

export interface RailwayPlace {
  readonly projectId: string;
  readonly environmentId: string;
}

export interface RailwayLimits {
  /** GB; null: as Railway has it. */
  readonly memory: number | null;
  readonly vCpus: number | null;
}

export interface RailwayPace {
  /** Between two looks while a worker comes or goes. */
  readonly busy: DurationMs;
  /** While all of them work: Railway counts the requests of an hour. */
  readonly calm: DurationMs;
  /** Of one request. */
  readonly patience: DurationMs;
  /** Before a request is made again; doubled each time. */
  readonly retry: DurationMs;
}

export const usualPace: RailwayPace = {
  busy: seconds(4),
  calm: seconds(15),
  patience: seconds(20),
  retry: ms(500),
};

/** An image has to be fetched there first. */
export const readyWithin = minutes(5);

export interface RailwayOptions extends RailwayPlace {
  readonly endpoint: string;
  /** Asked for each request, so that a new one counts at once. @throws CoordError in words, when there is none */
  readonly token: () => Promise<RailwayToken>;
  /** In a registry that Railway reaches. */
  readonly image: string;
  /** Null: the project's. */
  readonly region: string | null;
  readonly limits: RailwayLimits;
  /** Services at once, at most: each of them costs. */
  readonly maxServices: number;
  /** Whose services these are: no other host touches them. */
  readonly owner: string;
  readonly pace?: Partial<RailwayPace>;
  readonly logLimit?: number;
  /** What goes wrong while nobody waits for it: the host's log. */
  readonly onFault: (error: unknown) => void;
}
