import { shown } from "../core/names.ts";
import { msOf, type Us } from "../core/time.ts";
import type { Cluster } from "./cluster.ts";
import type { Instrumentation } from "./instrumentation.ts";
import { lengthMs, type Trace } from "./tracer.ts";
import type { TraceView } from "./view.ts";

/** A trace as operators see it: the stays at components that are instrumented, in the level's own names. */
export function traceView(trace: Trace, { components, nodeNames }: Cluster, instrumentation: Pick<Instrumentation, "sees">): TraceView {
  const since = (us: Us): number => (us < 0 ? -1 : Math.round(msOf(us - trace.fromUs) * 10) / 10);
  const seen = trace.spans.filter(({ component }) => instrumentation.sees(components[component]!.name, "traces"));
  return {
    operation: trace.operation,
    component: components[trace.target]!.name,
    kind: trace.kind,
    lengthMs: Math.round(lengthMs(trace) * 10) / 10,
    spans: seen.map(({ component, machine, attempt, fromUs, untilUs, how }) => ({
      component: components[component]!.name,
      node: shown(nodeNames[machine] ?? ""),
      attempt,
      fromMs: since(fromUs),
      untilMs: since(untilUs),
      how,
    })),
  };
}
