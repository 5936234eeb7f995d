import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { TICK_MS } from "../../../shared/core/time.ts";
import type { Debrief } from "../../../shared/match/debrief.ts";
import type { IntentOption } from "../../rerun/asks.ts";
import { AlertTrack, FaultTrack } from "../debrief/eventTracks.tsx";
import { Axis } from "../debrief/track.tsx";
import { preciseClock } from "../figures.ts";
import { Glyph } from "../../marks/glyph.tsx";
import type { Desk } from "./desk.ts";
import { type Edit, leftOut, replaced, withAdded } from "./edits.ts";
import { IntentBench } from "./intentBench.tsx";
import { IntentTrack } from "./intentTrack.tsx";
import { MomentField } from "./momentField.tsx";
import { KEYS_HINT } from "./movableIntent.tsx";
import { OptionChooser } from "./optionChooser.tsx";

interface WorkbenchProps {
  readonly desk: Desk;
  /** Id of the edit that was chosen. */
  readonly selected: Signal<number | null>;
  readonly ticks: number;
  /** What the newest attempt came to: its faults and alerts are drawn. */
  readonly outcome: Debrief;
}

/** The log on the axis of time, with everything that can be done to it. */
export function Workbench({ desk, selected, ticks, outcome }: WorkbenchProps) {
  const edits = desk.edits.value;
  const { faults, alerts, lastsMs } = outcome.timeline;
  const cursor = useSignal(Math.floor(Math.min(faults[0]?.fromMs ?? lastsMs / 4, lastsMs - TICK_MS) / TICK_MS));
  const choosing = useSignal<{ readonly instead: Edit | null } | null>(null);
  const chosen = edits.find(({ id }) => id === selected.value);
  return (
    <section class="workbench panel" aria-labelledby="workbench-title">
      <header>
        <h2 id="workbench-title">
          {edits.length === 0 ? "Nobody did anything: add an intent" : "Drag an intent to another moment"}
        </h2>
        <UndoButtons desk={desk} />
        <div class="adding">
          <MomentField label="at" tick={cursor.value} ticks={ticks} onTick={(tick) => (cursor.value = tick)} />
          <button type="button" class="button" onClick={() => (choosing.value = { instead: null })}>
            Add an intent…
          </button>
        </div>
      </header>
      <Tracks cursor={cursor} ticks={ticks}>
        <FaultTrack faults={faults} lastsMs={lastsMs} />
        <AlertTrack alerts={alerts} lastsMs={lastsMs} terse />
        <IntentTrack desk={desk} selected={selected} ticks={ticks} operators={outcome.operators} />
        <Axis lastsMs={lastsMs} />
      </Tracks>
      {chosen === undefined ? (
        <p class="quiet" id={KEYS_HINT}>
          Arrow keys move an intent by a second, with Shift by 0.05 s; Delete removes it. A tap on the axis sets the
          moment of a new one.
        </p>
      ) : (
        <IntentBench
          key={chosen.id}
          desk={desk}
          edit={chosen}
          operator={outcome.operators[(chosen.now ?? chosen.was!).operator]}
          ticks={ticks}
          onReplace={() => (choosing.value = { instead: chosen })}
          onClose={() => (selected.value = null)}
        />
      )}
      {choosing.value !== null && (
        <Choosing desk={desk} cursor={cursor.value} selected={selected} choosing={choosing} outcome={outcome} />
      )}
    </section>
  );
}

interface ChoosingProps extends Pick<WorkbenchProps, "desk" | "selected" | "outcome"> {
  readonly cursor: number;
  readonly choosing: Signal<{ readonly instead: Edit | null } | null>;
}

/** Chooses an intent to add, or one to be done instead of another. */
function Choosing({ desk, cursor, selected, choosing, outcome }: ChoosingProps) {
  const instead = choosing.value?.instead ?? null;
  const edits = desk.edits.value;
  const tick = instead?.now?.tick ?? cursor;
  const clock = preciseClock(tick * TICK_MS);
  const ask = async (): ReturnType<Desk["options"]> => {
    const answer = await desk.options(tick, instead === null ? edits : leftOut(edits, instead.id));
    if ("sentence" in answer || instead === null) return answer;
    return answer.filter(({ intent, text }) => intent.verb === instead.now!.intent.verb && text !== instead.text);
  };
  const choose = (option: IntentOption): void => {
    choosing.value = null;
    const next = instead === null ? withAdded(edits, tick, option) : replaced(edits, instead.id, option);
    desk.change(next);
    selected.value = instead?.id ?? next.at(-1)!.id;
  };
  return (
    <OptionChooser
      title={instead === null ? `What could be done at ${clock}` : `Instead of “${instead.text}” at ${clock}`}
      operators={outcome.operators}
      ask={ask}
      onChoose={choose}
      onClose={() => (choosing.value = null)}
    />
  );
}

function UndoButtons({ desk }: { desk: Desk }) {
  return (
    <div class="undoing">
      <button type="button" class="button" disabled={!desk.canUndo.value} onClick={() => desk.undo()}>
        <Glyph name="undo" size={18} /> Undo
      </button>
      <button type="button" class="button redo" disabled={!desk.canRedo.value} onClick={() => desk.redo()}>
        <Glyph name="undo" size={18} /> Redo
      </button>
    </div>
  );
}

interface TracksProps {
  readonly cursor: Signal<number>;
  readonly ticks: number;
  readonly children: preact.ComponentChildren;
}

/** The tracks above their axis; a tap beside everything sets the moment at which something can be added. */
function Tracks({ cursor, ticks, children }: TracksProps) {
  const all = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where the tracks are wider than the screen, they begin where something happens.
    const frame = all.current!.parentElement!;
    frame.scrollLeft = (cursor.peek() / ticks) * frame.scrollWidth - frame.clientWidth / 3;
  }, []);
  const setCursor = (event: MouseEvent): void => {
    if ((event.target as Element).closest("button") !== null) return;
    const axis = all.current!.querySelector(".axis")!.getBoundingClientRect();
    const share = (event.clientX - axis.left) / axis.width;
    if (share >= 0 && share < 1) cursor.value = Math.floor(share * ticks);
  };
  return (
    <div class="timeline-scroll" tabIndex={0} role="group" aria-label="Timeline">
      <div class="what-if-tracks" ref={all} onClick={setCursor} style={{ "--cursor": cursor.value / ticks }}>
        {children}
        <div class="adding-mark" aria-hidden="true" />
      </div>
    </div>
  );
}
