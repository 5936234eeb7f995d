import { useSignal } from "@preact/signals";
import type { View } from "../../../../shared/match/view.ts";
import { msText, rateText } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { LargeCharts } from "./largeCharts.tsx";
import type { MeterHistory, MeterSample } from "./meterHistory.ts";
import { Sparkline } from "./sparkline.tsx";

interface ChartsProps {
  readonly view: View;
  readonly helm: Helm;
  readonly history: MeterHistory;
}

/** Rate, errors and latency of the component in view, over the whole match; a tap opens them large. */
export function Charts({ view, helm, history }: ChartsProps) {
  const open = useSignal(false);
  const at = helm.component.value;
  const component = view.components[at];
  if (component === undefined) return null;
  const samples = history[at] ?? [];
  const line = (read: (sample: MeterSample) => number): [number, number][] =>
    samples.map((sample) => [sample.atMs, read(sample)]);
  const rows = [
    { kind: "rate", name: "Rate", now: rateText(component.ratePerSecond), points: line(({ rate }) => rate), lower: [] },
    {
      kind: "errors",
      name: "Errors",
      now: rateText(component.errorsPerSecond),
      points: line(({ errors }) => errors),
      lower: [],
    },
    {
      kind: "latency",
      name: "p50 and p99",
      now: `${msText(component.latencyMsP50)} / ${msText(component.latencyMsP99)} ms`,
      points: line(({ p99 }) => p99),
      lower: line(({ p50 }) => p50),
    },
  ] as const;
  return (
    <section class="charts" aria-label={`Charts of ${component.name}`}>
      <button
        type="button"
        class="charts-open"
        aria-label={`Charts of ${component.name}, open large`}
        onClick={() => (open.value = true)}
      />
      {rows.map(({ kind, name, now, points, lower }) => (
        <div key={kind} class={`chart chart-${kind}`}>
          <p>
            <span class="quiet">{kind === "latency" ? <LatencyKey /> : name}</span>
            <strong class="mono">{now}</strong>
          </p>
          <Sparkline kind={kind} points={points} lower={lower} lastsMs={view.lastsMs} />
        </div>
      ))}
      {open.value && (
        <LargeCharts
          name={component.name}
          samples={samples}
          lastsMs={view.lastsMs}
          onClose={() => (open.value = false)}
        />
      )}
    </section>
  );
}

/** Which line is which: p50 is dashed, p99 solid. */
function LatencyKey() {
  return (
    <>
      p50 <i class="key-line dashed" /> p99 <i class="key-line" />
    </>
  );
}
