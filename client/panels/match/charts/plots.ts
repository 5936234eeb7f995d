import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { ChartPlan } from "./largeCharts.tsx";
import type { MeterSample } from "./meterHistory.ts";

/** What the charts are drawn from. */
export interface PlotInput {
  readonly samples: readonly MeterSample[];
  readonly lastsMs: number;
  timeText(ms: number): string;
}

/** Draws charts one below the other, sharing one cursor, over the whole match. */
export function drawPlots(parent: HTMLElement, plans: readonly ChartPlan[], input: PlotInput): uPlot[] {
  const ink = colourOf("--ink2");
  const rule = colourOf("--rule");
  const width = Math.min(640, parent.clientWidth);
  return plans.map((plan) => {
    const axis: uPlot.Axis = {
      stroke: ink,
      grid: { stroke: rule, width: 1 },
      ticks: { stroke: rule, width: 1 },
      font: "14px Atkinson Hyperlegible Mono Variable",
    };
    const options: uPlot.Options = {
      title: plan.title,
      width,
      height: 170,
      cursor: { sync: { key: "charts" } },
      scales: {
        x: { time: false, range: [0, input.lastsMs] },
        y: { range: (_, _min, max) => [0, Math.max(1, max * 1.1)] },
      },
      axes: [
        { ...axis, values: (_, splits) => splits.map(input.timeText) },
        { ...axis, size: 60 },
      ],
      series: [
        { label: "time", value: (_, ms) => (ms === null ? "" : input.timeText(ms)) },
        ...plan.lines.map(({ label, colour, dashed }) => ({
          label,
          stroke: colourOf(colour),
          width: 2,
          points: { show: false },
          ...(dashed === true ? { dash: [6, 5] } : {}),
          value: (_: uPlot, value: number | null) => (value === null ? "" : value.toFixed(1)),
        })),
      ],
    };
    const lines = plan.lines.map(({ read }) => input.samples.map(read));
    return new uPlot(options, [input.samples.map(({ atMs }) => atMs), ...lines], parent);
  });
}

function colourOf(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}
