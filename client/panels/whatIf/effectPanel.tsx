import type { Debrief } from "../../../shared/match/debrief.ts";
import { Buoy } from "../../marks/buoy.tsx";
import { arrowed } from "../../marks/arrow.tsx";
import { effectOf } from "./difference.ts";

/** What the change did, in words, from the two ledgers. */
export function EffectPanel({ played, whatIf }: { readonly played: Debrief; readonly whatIf: Debrief | null }) {
  if (whatIf === null) return null;
  return (
    <section class="what-if-effect panel" aria-label="What the change did" role="status">
      <svg viewBox="-20 -36 40 43" width="34" height="37" aria-hidden="true">
        <Buoy />
      </svg>
      <p>
        {effectOf(played, whatIf).map((sentence) => (
          <span key={sentence}>{arrowed(sentence)} </span>
        ))}
      </p>
    </section>
  );
}
