import type { GaugeView } from "../../../../shared/match/view.ts";
import { countText, msText, percentText, rateText, spoken } from "../../figures.ts";

/** What a component told monitoring of itself at the last scrape. */
export function GaugeFacts({ gauges }: { readonly gauges: readonly GaugeView[] }) {
  if (gauges.length === 0) return null;
  return (
    <dl class="place-facts" aria-label="Figures">
      {gauges.flatMap((gauge) => [
        <dt key={gauge.name}>{gauge.name.slice(0, 1).toUpperCase() + gauge.name.slice(1)}</dt>,
        <dd key={`${gauge.name} value`} class="mono">
          {gaugeText(gauge)}
        </dd>,
      ])}
    </dl>
  );
}

/** A figure with its unit: "62 %", "240 ms", "half open". */
export function gaugeText({ unit, value, states }: GaugeView): string {
  switch (unit) {
    case "share":
      return percentText(value);
    case "ms":
      return `${msText(value)} ms`;
    case "perSecond":
      return rateText(value);
    case "state":
      return spoken(states[Math.round(value)] ?? "unknown");
    case "count":
      return Number.isInteger(value) ? countText(value) : value.toFixed(1);
  }
}
