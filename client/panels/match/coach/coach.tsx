import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { View } from "../../../../shared/match/view.ts";
import { Glyph } from "../../../marks/glyph.tsx";
import { recall, remember } from "../../memory.ts";
import type { Helm } from "../helm.ts";
import { firstActs, settingsOf } from "./acts.ts";
import { Spotlight } from "./spotlight.tsx";

interface CoachProps {
  readonly view: View;
  readonly helm: Helm;
}

/** The first minute: three acts on a system that runs already. It can be skipped, and is never forced twice. */
export function Coach({ view, helm }: CoachProps) {
  const over = useSignal(recall("coach") === "done");
  const hidden = useSignal(-1);
  const done = useActs(view, helm);
  const acts = firstActs(view);
  const next = done.findIndex((act) => !act);
  const end = (): void => {
    remember("coach", "done");
    over.value = true;
  };
  useEffect(() => {
    if (next < 0) remember("coach", "done");
  }, [next]);
  if (over.value || next < 0) return null;
  const act = acts[next]!;
  const lit = hidden.value < next;
  return (
    <section class="coach" aria-label="First acts">
      {lit && <Spotlight target={act.target} />}
      <ol class="acts">
        <li class="acts-title">
          <strong>First acts</strong>
          <small>{`${done.filter(Boolean).length} of ${acts.length} done`}</small>
        </li>
        {acts.map(({ title, hint }, at) => (
          <li key={title} class={done[at] ? "done" : at === next ? "next" : ""}>
            <span class={done[at] ? "ready-mark is-ready" : "ready-mark"}>
              {done[at] && <Glyph name="check" size={18} />}
            </span>
            <span>
              <strong>{title}</strong>
              <small>{done[at] ? "done" : hint}</small>
            </span>
          </li>
        ))}
      </ol>
      <p class="tip" role="status">
        <strong>{act.tip}</strong> <span class="quiet">{act.detail}</span>
      </p>
      {lit && act.target !== "" && (
        <button type="button" class="button primary" onClick={() => (hidden.value = next)}>
          Got it
        </button>
      )}
      <button type="button" class="button bare skip" onClick={end}>
        Skip tips
      </button>
    </section>
  );
}

/** Which acts have been done, seen from what changed since the match came on screen. */
function useActs(view: View, helm: Helm): readonly boolean[] {
  const start = useRef({ settings: settingsOf(view), selected: helm.selected.peek() });
  const done = useRef([false, false, false]);
  const now = [
    helm.selected.value !== start.current.selected,
    settingsOf(view) !== start.current.settings,
    view.pings.some(({ by }) => by === view.you),
  ];
  done.current = done.current.map((before, at) => before || (now[at] ?? false));
  return done.current;
}
