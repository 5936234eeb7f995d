import { clockText } from "../../figures.ts";

/** A time of the match in the mono face, with its colon set tight. */
export function Clock({ ms }: { readonly ms: number }) {
  const [minutes, seconds] = clockText(ms).split(":");
  return (
    <span class="mono">
      {minutes}
      <span class="colon">:</span>
      {seconds}
    </span>
  );
}
