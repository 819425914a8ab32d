/** Puts the HTTP API of a host together: its document, its guide to errors, its health and its figures. */
import { readFile } from 'node:fs/promises';
import manifest from '../../package.json' with { type: 'json' };
import type { ChannelDesk } from '../contract/channels.ts';
import type { Companies } from '../coordinator/companies.ts';
import { CoordError } from '../core/error.ts';
import type { ErrorGuide } from '../rpc/http/error-guide.ts';
import { readErrorGuide } from '../rpc/http/error-guide.ts';
import type { HttpApi } from '../rpc/http/http-api.ts';
import { createHttpApi } from '../rpc/http/http-api.ts';
import { answerSchemasSchema, openApiDocument } from '../rpc/http/openapi.ts';
import type { Connect } from '../rpc/serve-connection.ts';
import { healthOf } from './health.ts';
import { answerSchemasFile, errorsFile } from './installation.ts';
import { openHostMetrics } from './metrics/host-metrics.ts';

export interface ApiParts {
  readonly companies: Companies;
  readonly channels: ChannelDesk;
  readonly connect: Connect;
  readonly stopping: AbortSignal;
  readonly onFault: (error: unknown) => void;
}

export async function openApi({
  companies,
  channels,
  connect,
  stopping,
  onFault,
}: ApiParts): Promise<HttpApi> {
  const guide = await errorGuide();
  const metrics = openHostMetrics(companies, channels, manifest.version);
  let document: Promise<string> | null = null;
  const api = createHttpApi({
    ...{ connect, guide, onFault },
    document: () => {
      document ??= openApiText();
      return document;
    },
    health: async () => healthOf(companies, guide, stopping),
    metrics: metrics.text,
  });
  return {
    ...api,
    close: () => {
      api.close();
      metrics.close();
    },
  };
}

/** The OpenAPI document of this version. @throws CoordError `NOT_FOUND` - it was not built */
export async function openApiText(): Promise<string> {
  const answers = await readFile(answerSchemasFile, 'utf8').catch(() => {
    throw new CoordError('NOT_FOUND', `${answerSchemasFile} is not there: run \`npm run build\``);
  });
  const document = openApiDocument({
    version: manifest.version,
    answers: answerSchemasSchema.parse(JSON.parse(answers)),
    guide: await errorGuide(),
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Without the file, as in a folder that somebody tidied, problems have their code and their own words. */
const errorGuide = async (): Promise<ErrorGuide> =>
  readErrorGuide(await readFile(errorsFile, 'utf8').catch(() => ''));
