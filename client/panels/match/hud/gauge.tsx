import { ninesText, percentText } from "../../figures.ts";
import { NINES, onNines } from "../../nines.ts";

interface GaugeProps {
  readonly name: "Availability" | "Correctness";
  /** 0 to 1. */
  readonly share: number;
  readonly slo: number;
}

/** One of the two axes on a nines scale, with the SLO's mark over it. Availability is solid, correctness striped. */
export function Gauge({ name, share, slo }: GaugeProps) {
  const met = share >= slo;
  return (
    <div
      class={`gauge gauge-${name.toLowerCase()}`}
      role="meter"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100_000) / 1_000}
      aria-valuetext={`${percentText(share)}, ${ninesText(share)}, SLO of ${percentText(slo)} ${met ? "met" : "missed"}`}
    >
      <p>
        <span class="gauge-name">{name}</span>
        <strong class="mono">{percentText(share)}</strong>
        <span class="gauge-nines mono">{ninesText(share)}</span>
      </p>
      <div class="gauge-bar">
        <div class="gauge-fill" style={{ width: `${onNines(share) * 100}%` }} />
        <div class="gauge-slo" style={{ left: `${onNines(slo) * 100}%` }} />
      </div>
      <div class="gauge-ticks mono" aria-hidden="true">
        {NINES.map(({ label }) => (
          <span key={label}>{label}</span>
        ))}
      </div>
    </div>
  );
}
