import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import { Dialog } from "../../dialog.tsx";
import { clockText } from "../../figures.ts";
import type { MeterSample } from "./meterHistory.ts";

interface LargeChartsProps {
  readonly name: string;
  readonly samples: readonly MeterSample[];
  readonly lastsMs: number;
  onClose(): void;
}

/** What one chart draws: its title, unit, and lines by label and colour token. */
interface ChartPlan {
  readonly title: string;
  readonly lines: readonly {
    readonly label: string;
    readonly colour: string;
    readonly dashed?: boolean;
    read(sample: MeterSample): number;
  }[];
}

const PLANS: readonly ChartPlan[] = [
  { title: "Rate, requests/s", lines: [{ label: "rate", colour: "--read", read: ({ rate }) => rate }] },
  { title: "Errors/s", lines: [{ label: "errors", colour: "--error", read: ({ errors }) => errors }] },
  {
    title: "Latency, ms",
    lines: [
      { label: "p99", colour: "--lamp-ink", read: ({ p99 }) => p99 },
      { label: "p50", colour: "--lamp-ink", dashed: true, read: ({ p50 }) => p50 },
    ],
  },
];

/** The three charts large, with a cursor that reads all of them at the same moment. */
export function LargeCharts({ name, samples, lastsMs, onClose }: LargeChartsProps) {
  const failed = useSignal(false);
  const parent = useRef<HTMLDivElement>(null);
  const plots = useRef<readonly uPlot[]>([]);
  useEffect(() => {
    let gone = false;
    import("./plots.ts").then(
      ({ drawPlots }) => {
        if (!gone && parent.current !== null)
          plots.current = drawPlots(parent.current, PLANS, { samples, lastsMs, timeText: clockText });
      },
      () => (failed.value = true),
    );
    return () => {
      gone = true;
      for (const plot of plots.current) plot.destroy();
    };
  }, []);
  useEffect(() => {
    plots.current.forEach((plot, at) => {
      const lines = PLANS[at]!.lines.map(({ read }) => samples.map(read));
      plot.setData([samples.map(({ atMs }) => atMs), ...lines]);
    });
  }, [samples]);
  return (
    <Dialog title={`Charts of ${name}`} onClose={onClose}>
      {failed.value ? (
        <p>The large charts could not be fetched; the small ones go on.</p>
      ) : (
        <div class="large-charts" ref={parent} />
      )}
    </Dialog>
  );
}

export type { ChartPlan };
