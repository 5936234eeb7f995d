import { Glyph } from "../../marks/glyph.tsx";
import { countText } from "../figures.ts";
import type { Desk } from "./desk.ts";
import { differenceText } from "./difference.ts";

/** Attempts that were put aside, best first: each can be laid on the desk again. They last as long as the page. */
export function KeptAttempts({ desk, playedScore }: { readonly desk: Desk; readonly playedScore: number }) {
  const kept = desk.kept.value.toSorted((a, b) => b.score - a.score);
  if (kept.length === 0) return null;
  return (
    <section class="what-if-kept panel" aria-labelledby="kept-title">
      <h2 id="kept-title">Kept</h2>
      <ul>
        {kept.map((one) => (
          <li key={one.question} class={one.edits === desk.edits.value ? "shown" : ""}>
            <button type="button" class="link" onClick={() => desk.change(one.edits)}>
              {one.question}
            </button>
            <b class="mono">{countText(one.score)}</b>
            <span class="mono quiet">{differenceText(playedScore, one.score)}</span>
            <button
              type="button"
              class="button square bare"
              aria-label={`Forget: ${one.question}`}
              onClick={() => desk.forget(one)}
            >
              <Glyph name="cross" size={16} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
