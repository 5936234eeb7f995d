import type { Us } from "../core/time.ts";
import { spanId, traceId } from "./traceIds.ts";
import type { NamedSpan, WholeTrace } from "./traces.ts";

/** What is added to times of the match, so that its start is 1 s after 1970: a time of 0 would mean that none is known. */
export const EPOCH_OFFSET_US: Us = 1_000_000;

/** `SpanKind` and `StatusCode` of OpenTelemetry's trace.proto. */
const KIND = { server: 2, client: 3 };
const STATUS = { unset: 0, ok: 1, error: 2 };

/** A span in the JSON form of OpenTelemetry's protocol: ids in hex, 64-bit numbers as strings of digits. */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly OtlpAttribute[];
  readonly status: { readonly code: number; readonly message?: string };
}

/** A name with a value of one type. */
export interface OtlpAttribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string } | { readonly boolValue: boolean };
}

/** A service on one machine, and its spans. */
interface Resource {
  readonly service: string;
  readonly instance: string;
  readonly spans: OtlpSpan[];
}

/**
 * Traces in the JSON of OpenTelemetry's protocol, in pieces that make one `TracesData`: a resource for each component on
 * each machine, and one for the clients of each zone.
 * Source: OpenTelemetry, opentelemetry-proto 1.x, trace.proto, and "JSON Protobuf Encoding".
 * Simplified: the parent of every stay is the client's question, whichever component asked on the way.
 */
export function* otlpJson(traces: Iterable<WholeTrace>, level: string): Generator<string> {
  const resources = new Map<string, Resource>();
  const put = (service: string, instance: string, span: OtlpSpan): void => {
    const name = `${service}/${instance}`;
    const resource = resources.get(name) ?? { service, instance, spans: [] };
    resources.set(name, resource);
    resource.spans.push(span);
  };
  for (const trace of traces) {
    put("clients", trace.zone, clientSpan(trace));
    trace.stays.forEach((stay, place) => put(stay.component, stay.machine, staySpan(trace, stay, place + 1)));
  }
  yield '{"resourceSpans":[';
  let comma = "";
  for (const resource of resources.values()) {
    yield comma + JSON.stringify(resourceSpans(resource, level));
    comma = ",\n";
  }
  yield "]}\n";
}

function resourceSpans({ service, instance, spans }: Resource, level: string) {
  const attributes = [
    text("service.name", service),
    text("service.namespace", level),
    text("service.instance.id", instance),
    number("split_brain.epoch_offset_us", EPOCH_OFFSET_US),
  ];
  return { resource: { attributes }, scopeSpans: [{ scope: { name: "split-brain" }, spans }] };
}

function clientSpan({ operation, untilUs }: WholeTrace): OtlpSpan {
  const { id, component, kind, key, session, outcome, invokedAtUs } = operation;
  return {
    traceId: traceId(id),
    spanId: spanId(id, 0),
    name: `${kind} ${component}`,
    kind: KIND.client,
    startTimeUnixNano: nanoseconds(invokedAtUs),
    endTimeUnixNano: nanoseconds(untilUs),
    attributes: [
      number("split_brain.operation", id),
      number("split_brain.session", session),
      number("split_brain.key", key),
      text("split_brain.outcome", outcome),
    ],
    status: outcome === "ok" ? { code: STATUS.ok } : { code: STATUS.error, message: outcome },
  };
}

function staySpan({ operation: { id, kind } }: WholeTrace, stay: NamedSpan, place: number): OtlpSpan {
  const { component, attempt, fromUs, untilUs, how, left } = stay;
  return {
    traceId: traceId(id),
    spanId: spanId(id, place),
    parentSpanId: spanId(id, 0),
    name: `${kind} at ${component}`,
    kind: KIND.server,
    startTimeUnixNano: nanoseconds(fromUs),
    endTimeUnixNano: nanoseconds(untilUs),
    attributes: [
      number("split_brain.attempt", attempt),
      text("split_brain.how", how),
      { key: "split_brain.left", value: { boolValue: left } },
    ],
    status: statusOf(stay),
  };
}

function statusOf({ how, left }: NamedSpan): OtlpSpan["status"] {
  if (!left) return { code: STATUS.error, message: "never left" };
  if (how === "ok") return { code: STATUS.ok };
  return how === "passed" ? { code: STATUS.unset } : { code: STATUS.error, message: how };
}

function nanoseconds(us: Us): string {
  return `${us + EPOCH_OFFSET_US}000`;
}

function text(key: string, stringValue: string): OtlpAttribute {
  return { key, value: { stringValue } };
}

function number(key: string, value: number): OtlpAttribute {
  return { key, value: { intValue: String(value) } };
}
