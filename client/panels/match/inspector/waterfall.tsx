import "../../../styles/waterfall.css";
import type { SpanView, TraceView, View } from "../../../../shared/match/view.ts";
import { msText } from "../../figures.ts";

/** The slowest traced requests to a component, or through it, each as a waterfall of its stays. */
export function Waterfalls({ view, component }: { readonly view: View; readonly component: string }) {
  const traces = view.traces.filter(
    (trace) => trace.component === component || trace.spans.some((span) => span.component === component),
  );
  if (traces.length === 0) return null;
  return (
    <section class="waterfalls" aria-label="Slowest requests">
      <h3>Slowest requests</h3>
      {traces.map((trace) => (
        <Waterfall key={trace.operation} trace={trace} />
      ))}
    </section>
  );
}

/** One request as a waterfall of its stays. */
export function Waterfall({ trace }: { readonly trace: TraceView }) {
  return (
    <figure>
      <figcaption>{`${trace.kind} of ${trace.component}: ${msText(trace.lengthMs)} ms`}</figcaption>
      <ol>
        {trace.spans.map((span) => (
          <Stay key={`${span.component} ${span.node} ${span.fromMs}`} span={span} lengthMs={Math.max(0.1, trace.lengthMs)} />
        ))}
      </ol>
    </figure>
  );
}

function Stay({ span, lengthMs }: { readonly span: SpanView; readonly lengthMs: number }) {
  const from = Math.min(100, (span.fromMs / lengthMs) * 100);
  const ends = span.untilMs < 0 ? lengthMs : span.untilMs;
  const width = Math.max(1, Math.min(100 - from, ((ends - span.fromMs) / lengthMs) * 100));
  const again = span.attempt > 1 ? `, attempt ${span.attempt}` : "";
  const lasted = span.untilMs < 0 ? "never ended" : `${msText(ends - span.fromMs)} ms`;
  return (
    <li>
      <span>{`${span.component} on ${span.node}${again}`}</span>
      <span class="bar" aria-hidden="true">
        <i class={span.how} style={{ left: `${from}%`, width: `${width}%` }} />
      </span>
      <span class="mono">{lasted}</span>
    </li>
  );
}
