import type { Us } from "../core/time.ts";
import { EPOCH_OFFSET_US } from "./otlp.ts";
import { spanId, traceId } from "./traceIds.ts";
import type { NamedSpan, WholeTrace } from "./traces.ts";

/** A tag of Jaeger's: a name with a typed value. */
type Tag = { readonly key: string; readonly type: "string" | "int64" | "bool"; readonly value: string | number | boolean };

/** A span in Jaeger's own JSON; times are whole microseconds. */
interface JaegerSpan {
  readonly traceID: string;
  readonly spanID: string;
  readonly flags: number;
  readonly operationName: string;
  readonly references: readonly { readonly refType: "CHILD_OF"; readonly traceID: string; readonly spanID: string }[];
  readonly startTime: Us;
  readonly duration: Us;
  readonly tags: readonly Tag[];
  readonly logs: readonly never[];
  readonly processID: string;
  readonly warnings: null;
}

/** Who did the work of a span. */
interface Process {
  readonly serviceName: string;
  readonly tags: readonly Tag[];
}

/**
 * Traces in the JSON that Jaeger's page reads from a file, in pieces that make one document.
 * Source: Jaeger, model/json and the answer of its `/api/traces`.
 * Simplified: the parent of every stay is the client's question, whichever component asked on the way.
 */
export function* jaegerJson(traces: Iterable<WholeTrace>): Generator<string> {
  yield '{"data":[';
  let total = 0;
  for (const trace of traces) {
    yield (total === 0 ? "" : ",\n") + JSON.stringify(jaegerTrace(trace));
    total++;
  }
  yield `],"total":${total},"limit":0,"offset":0,"errors":null}\n`;
}

function jaegerTrace(trace: WholeTrace) {
  const numbers = new Map<string, string>();
  const processes: Record<string, Process> = {};
  const processOf = (serviceName: string, instance: string): string => {
    const name = `${serviceName}/${instance}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const id = `p${numbers.size + 1}`;
    numbers.set(name, id);
    processes[id] = { serviceName, tags: [text("service.instance.id", instance)] };
    return id;
  };
  const client = clientSpan(trace, processOf("clients", trace.zone));
  const stays = trace.stays.map((stay, place) =>
    staySpan(trace, { stay, place: place + 1, processID: processOf(stay.component, stay.machine) }),
  );
  return { traceID: client.traceID, spans: [client, ...stays], processes, warnings: null };
}

function clientSpan({ operation, untilUs }: WholeTrace, processID: string): JaegerSpan {
  const { id, component, kind, key, session, outcome, invokedAtUs } = operation;
  return {
    traceID: traceId(id),
    spanID: spanId(id, 0),
    flags: 1,
    operationName: `${kind} ${component}`,
    references: [],
    startTime: invokedAtUs + EPOCH_OFFSET_US,
    duration: untilUs - invokedAtUs,
    tags: [
      text("span.kind", "client"),
      { key: "error", type: "bool", value: outcome !== "ok" },
      text("outcome", outcome),
      { key: "key", type: "int64", value: key },
      { key: "session", type: "int64", value: session },
    ],
    logs: [],
    processID,
    warnings: null,
  };
}

interface PlacedStay {
  readonly stay: NamedSpan;
  /** From 1 on. */
  readonly place: number;
  readonly processID: string;
}

function staySpan({ operation: { id, kind } }: WholeTrace, { stay, place, processID }: PlacedStay): JaegerSpan {
  const { component, attempt, fromUs, untilUs, how, left } = stay;
  return {
    traceID: traceId(id),
    spanID: spanId(id, place),
    flags: 1,
    operationName: `${kind} at ${component}`,
    references: [{ refType: "CHILD_OF", traceID: traceId(id), spanID: spanId(id, 0) }],
    startTime: fromUs + EPOCH_OFFSET_US,
    duration: untilUs - fromUs,
    tags: [
      text("span.kind", "server"),
      { key: "error", type: "bool", value: !left || (how !== "ok" && how !== "passed") },
      text("how", how),
      { key: "attempt", type: "int64", value: attempt },
    ],
    logs: [],
    processID,
    warnings: null,
  };
}

function text(key: string, value: string): Tag {
  return { key, type: "string", value };
}
