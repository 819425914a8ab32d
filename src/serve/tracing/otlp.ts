/** Sends spans to a collector over OTLP/HTTP, by the official exporter. Loaded only where an endpoint is configured. */
import type { HrTime, SpanContext } from '@opentelemetry/api';
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { EpochMs } from '../../core/units.ts';
import type { EndedSpan } from './span.ts';

export interface SpanSink {
  /** @throws Error - the collector did not take them */
  send(spans: readonly EndedSpan[]): Promise<void>;
  close(): Promise<void>;
}

export interface OtlpOptions {
  /** Where traces are posted to: the whole address. */
  readonly url: string;
  readonly version: string;
  readonly companyId: string;
}

export function openOtlp({ url, version, companyId }: OtlpOptions): SpanSink {
  // Headers, time-outs and the like are read by the exporter itself, from the variables of OpenTelemetry.
  const exporter = new OTLPTraceExporter({ url });
  const own = {
    'service.name': 'agentcoord',
    'service.version': version,
    'agentcoord.company.id': companyId,
  };
  // What somebody said in OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME goes before.
  const resource = defaultResource()
    .merge(resourceFromAttributes(own))
    .merge(detectResources({ detectors: [envDetector] }));
  const scope = { name: 'agentcoord', version };
  return {
    send: (spans) =>
      new Promise((resolve, reject) => {
        exporter.export(
          spans.map((span) => readable(span, resource, scope)),
          ({ code, error }) =>
            code === 0 ? resolve() : reject(error ?? new Error('the collector refused them')),
        );
      }),
    close: () => exporter.shutdown(),
  };
}

function readable(
  span: EndedSpan,
  resource: ReadableSpan['resource'],
  instrumentationScope: ReadableSpan['instrumentationScope'],
): ReadableSpan {
  const { traceId, spanId, parentId, start, end, failedBecause } = span;
  const context = (id: string): SpanContext => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED });
  return {
    ...{ name: span.name, kind: SpanKind.INTERNAL, resource, instrumentationScope },
    spanContext: () => context(spanId),
    ...(parentId !== null && { parentSpanContext: context(parentId) }),
    startTime: hrTime(start),
    endTime: hrTime(end),
    duration: hrTime(Math.max(0, end - start)),
    status:
      failedBecause === null
        ? { code: SpanStatusCode.UNSET }
        : { code: SpanStatusCode.ERROR, message: failedBecause },
    attributes: span.attributes,
    events: span.events.map(({ name, at, attributes }) => ({ name, time: hrTime(at), attributes })),
    links: [],
    ended: true,
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  };
}

const hrTime = (ms: EpochMs | number): HrTime => [Math.floor(ms / 1_000), (ms % 1_000) * 1_000_000];
