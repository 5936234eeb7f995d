import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { TICK_MS } from "../../../shared/core/time.ts";
import type { OperatorView } from "../../../shared/match/view.ts";
import { compact } from "../compact.ts";
import { Track } from "../debrief/track.tsx";
import { preciseClock } from "../figures.ts";
import { type Berth, berthsOf } from "./berths.ts";
import type { Desk } from "./desk.ts";
import { leftOut, moved } from "./edits.ts";
import { MovableIntent } from "./movableIntent.tsx";

interface IntentTrackProps {
  readonly desk: Desk;
  readonly selected: { value: number | null };
  readonly ticks: number;
  readonly operators: readonly OperatorView[];
}

/** Every intent on the axis of time, to be dragged along it. */
export function IntentTrack({ desk, selected, ticks, operators }: IntentTrackProps) {
  const edits = desk.edits.value;
  const lanePx = compact.value ? 56 : 42;
  const items = berthsOf(edits, ticks).map((berth) => ({ item: berth, from: 0, to: 0, lane: berth.lane }));
  const move = (id: number, tick: number, stroke?: string): void => {
    desk.change(moved(edits, id, Math.max(0, Math.min(ticks - 1, tick))), stroke);
    selected.value = id;
  };
  return (
    <Track
      name="Intents"
      items={items}
      lanePx={lanePx}
      draw={({ item }) => (
        <Moored
          key={item.edit.id}
          berth={item}
          ticks={ticks}
          operator={operators[(item.edit.now ?? item.edit.was!).operator]}
          refused={desk.refusals.value.get(item.edit.id) ?? ""}
          selected={selected.value === item.edit.id}
          onSelect={() => (selected.value = item.edit.id)}
          onMove={move}
          onRemove={(id) => desk.change(leftOut(edits, id))}
        />
      )}
    />
  );
}

interface MooredProps {
  readonly berth: Berth;
  readonly ticks: number;
  readonly operator: OperatorView | undefined;
  readonly refused: string;
  readonly selected: boolean;
  onSelect(): void;
  onMove(id: number, tick: number, stroke?: string): void;
  onRemove(id: number): void;
}

/** One intent with the ring where it was and the way from there; while it is dragged, only this follows the pointer. */
function Moored(props: MooredProps) {
  const { berth, ticks, onMove } = props;
  const { edit } = berth;
  const dragged = useSignal<number | null>(null);
  const place = useRef<HTMLSpanElement>(null);
  const now = dragged.value === null ? berth.now : dragged.value / ticks;
  const was = dragged.value !== null && edit.was !== null ? edit.was.tick / ticks : berth.was;
  const widthPx = (): number => place.current!.closest("ol")!.clientWidth;
  return (
    <span ref={place} class="moored">
      {was !== null && was !== now && (
        <>
          <Way from={was} to={now} />
          <i class={was < now ? "intent-tip later" : "intent-tip"} style={{ left: `${now * 100}cqw` }} />
          <span class={was < now ? "intent-ghost before" : "intent-ghost"} style={{ left: `${was * 100}cqw` }}>
            <span class="mono">{`was ${preciseClock(edit.was!.tick * TICK_MS)}`}</span>
          </span>
        </>
      )}
      <MovableIntent
        {...props}
        at={now}
        atTick={dragged.value ?? (edit.now ?? edit.was!).tick}
        onDrag={(byPx) => {
          const tick = edit.now!.tick + Math.round((byPx / widthPx()) * ticks);
          dragged.value = Math.max(0, Math.min(ticks - 1, tick));
        }}
        onDrop={(kept) => {
          const tick = dragged.peek();
          dragged.value = null;
          if (kept && tick !== null && tick !== edit.now!.tick) onMove(edit.id, tick);
        }}
      />
    </span>
  );
}

/** A dashed arrow in an arc from where an intent was to where it is. */
function Way({ from, to }: { from: number; to: number }) {
  const left = Math.min(from, to);
  return (
    <svg
      class="intent-way"
      style={{ left: `${left * 100}cqw`, width: `${Math.abs(to - from) * 100}cqw` }}
      viewBox="0 0 100 20"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d="M100 20C80 -4 20 -4 0 20" vector-effect="non-scaling-stroke" />
    </svg>
  );
}
