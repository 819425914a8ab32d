/** Traces every company of a host, where an OTLP endpoint is configured; where none is, nothing of it is loaded. */
import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import type { Companies } from '../../coordinator/companies.ts';
import { CoordError } from '../../core/error.ts';
import { privateDocument } from '../private-document.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface HostTracesOptions {
  readonly dataDir: string;
  readonly companies: Companies;
  /** Where traces are posted to. */
  readonly url: string;
  readonly log: (line: string) => void;
  readonly onFault: (error: unknown) => void;
}

export interface HostTraces {
  close(): Promise<void>;
}

/**
 * By the variables of OpenTelemetry; null: nobody wants traces.
 * @param endpoint that was said at the start; null: none was
 * @throws CoordError `BAD_INPUT` - no address of http
 */
export function otlpAddress(endpoint: string | null, env: Environment): string | null {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return null;
  if (endpoint === null && env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
    return checked(env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT').href;
  const base = endpoint ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!base) return null;
  const url = checked(base, endpoint === null ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : '--otlp-endpoint');
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}

export async function openHostTraces(options: HostTracesOptions): Promise<HostTraces> {
  const { dataDir, companies, url, log, onFault } = options;
  const [{ openOtlp }, { CompanyTraces, tracesSchema }] = await Promise.all([
    import('./otlp.ts'),
    import('./company-traces.ts'),
  ]);
  const open = new Set<InstanceType<typeof CompanyTraces>>();
  const stopListening = companies.onOpen(({ id, folder, coordinator }) => {
    const sink = openOtlp({ url, version: manifest.version, companyId: id });
    const document = privateDocument(dataDir, join(folder, 'traces.json'), tracesSchema);
    open.add(new CompanyTraces({ coordinator, sink, document, log, onFault }));
  });
  return {
    close: async () => {
      stopListening();
      await Promise.all([...open].map((traces) => traces.close()));
    },
  };
}

function checked(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new CoordError(
    'BAD_INPUT',
    `Traces were not begun: ${name} must be an address such as http://127.0.0.1:4318. Put it right, or leave it out`,
  );
}
