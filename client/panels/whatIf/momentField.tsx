import { useSignal } from "@preact/signals";
import { TICK_MS } from "../../../shared/core/time.ts";
import { clockMs, clockText, preciseClock } from "../figures.ts";

interface MomentFieldProps {
  readonly label: string;
  readonly tick: number;
  /** Ticks of the match: the moment lies before its end. */
  readonly ticks: number;
  onTick(tick: number): void;
}

/** A moment of the match in figures: "1:24", "01:24.35" or seconds; taken over on Enter or when the field is left. */
export function MomentField({ label, tick, ticks, onTick }: MomentFieldProps) {
  const wrong = useSignal("");
  const take = (text: string): void => {
    const ms = clockMs(text);
    if (ms === null || ms >= ticks * TICK_MS) {
      wrong.value = `A time before ${clockText(ticks * TICK_MS)}, such as 1:24.`;
      return;
    }
    wrong.value = "";
    onTick(Math.round(ms / TICK_MS));
  };
  return (
    <div class="moment-field">
      <label>
        {label}{" "}
        <input
          class="field mono"
          inputMode="decimal"
          size={9}
          value={preciseClock(tick * TICK_MS)}
          aria-invalid={wrong.value !== ""}
          onChange={(event) => take(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") take(event.currentTarget.value);
          }}
        />
      </label>
      <span class="complaint" role="alert">
        {wrong.value}
      </span>
    </div>
  );
}
