interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly disabled?: boolean;
  /** What stands after the number, such as "ms". */
  readonly unit?: string;
  onChange(value: number): void;
}

/** A small whole number with a button on either side. */
export function Stepper({ label, value, min, max, step = 1, disabled = false, unit = "", onChange }: StepperProps) {
  const change = (by: number): void => onChange(Math.min(max, Math.max(min, value + by)));
  return (
    <div class="stepper" role="group" aria-label={label}>
      <span class="stepper-label">{label}</span>
      <button
        type="button"
        class="button square"
        aria-label={`Less: ${label}`}
        disabled={disabled || value <= min}
        onClick={() => change(-step)}
      >
        −
      </button>
      <output class="mono">{`${value}${unit === "" ? "" : ` ${unit}`}`}</output>
      <button
        type="button"
        class="button square"
        aria-label={`More: ${label}`}
        disabled={disabled || value >= max}
        onClick={() => change(step)}
      >
        +
      </button>
    </div>
  );
}
