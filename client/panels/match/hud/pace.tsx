import type { View } from "../../../../shared/match/view.ts";
import { Glyph } from "../../../marks/glyph.tsx";
import type { Session } from "../../../session/session.ts";

const SPEEDS = [0.5, 1, 2, 4] as const;

/** Pause and speed, for those who play alone. */
export function Pace({ session, view }: { readonly session: Session; readonly view: View }) {
  const paused = view.phase === "paused";
  const next = SPEEDS[(SPEEDS.findIndex((speed) => speed === view.speed) + 1) % SPEEDS.length]!;
  return (
    <>
      <button
        type="button"
        class="button square"
        aria-label={paused ? "Go on" : "Pause"}
        aria-keyshortcuts="Space"
        onClick={() => void session.request("pause", { paused: !paused })}
      >
        <Glyph name={paused ? "play" : "pause"} size={20} />
      </button>
      <button
        type="button"
        class="button square mono"
        aria-label={`Speed ${view.speed}, change to ${next}`}
        onClick={() => void session.request("speed", { speed: next })}
      >
        {`${view.speed}×`}
      </button>
    </>
  );
}
