import { useRef } from "preact/hooks";
import { TICK_MS } from "../../../shared/core/time.ts";
import type { OperatorView } from "../../../shared/match/view.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { Glyph } from "../../marks/glyph.tsx";
import { OperatorMark } from "../../marks/operator.tsx";
import { preciseClock } from "../figures.ts";
import type { Berth } from "./berths.ts";
import { changeOf } from "./edits.ts";

/** Ticks that an arrow key moves: a second; with Shift one tick. */
const STEP_TICKS = 20;
/** Pixels that a finger may tremble before it drags. */
const STILL_PX = 4;

/** Id of the sentence that says what the keys do. */
export const KEYS_HINT = "what-if-keys";

interface MovableIntentProps {
  readonly berth: Berth;
  readonly operator: OperatorView | undefined;
  /** Where it is shown, as a share of the match, and the tick of that. */
  readonly at: number;
  readonly atTick: number;
  readonly refused: string;
  readonly selected: boolean;
  onSelect(): void;
  /** So many pixels from where it was taken up. */
  onDrag(byPx: number): void;
  /** Let go; false when it is to be forgotten. */
  onDrop(kept: boolean): void;
  onMove(id: number, tick: number, stroke?: string): void;
  onRemove(id: number): void;
}

/** An intent as a button that is chosen by a tap, dragged along the axis, and moved and removed by keys. */
export function MovableIntent(props: MovableIntentProps) {
  const { berth, operator, at, atTick, refused, selected, onSelect, onMove, onRemove } = props;
  const { edit, wordsBefore } = berth;
  const drag = useDrag(props);
  const change = changeOf(edit);
  const press = (event: KeyboardEvent): void => {
    if (edit.now === null) return;
    const step = event.shiftKey ? 1 : STEP_TICKS;
    if (event.key === "ArrowLeft") onMove(edit.id, edit.now.tick - step, `move ${edit.id}`);
    else if (event.key === "ArrowRight") onMove(edit.id, edit.now.tick + step, `move ${edit.id}`);
    else if (event.key === "Delete" || event.key === "Backspace") onRemove(edit.id);
    else return;
    event.preventDefault();
  };
  const looks = ["intent", change ?? "", refused === "" ? "" : "refused", wordsBefore ? "words-before" : ""];
  return (
    <button
      type="button"
      class={looks.filter(Boolean).join(" ")}
      style={{ left: `${at * 100}cqw` }}
      aria-pressed={selected}
      aria-describedby={KEYS_HINT}
      title={refused === "" ? undefined : refused}
      onKeyDown={press}
      {...drag}
      onClick={onSelect}
    >
      <span class="intent-mark">
        <OperatorMark
          name={operator?.name ?? "?"}
          role={operator?.roles[0] ?? "lead"}
          bot={operator?.bot ?? false}
          size={26}
        />
        {refused !== "" && <Glyph name="cross" size={30} />}
      </span>
      <span class="intent-words">
        <span class="spoken">{`${operator?.name ?? "Somebody"} `}</span>
        {arrowed(edit.text)}
      </span>
      <span class={change === null ? "spoken" : "intent-time mono"}>{preciseClock(atTick * TICK_MS)}</span>
      <span class="spoken">{becomeOf(props)}</span>
    </button>
  );
}

/** Drags by pointer or finger; a press that does not move stays a click. */
function useDrag({ berth, onDrag, onDrop }: MovableIntentProps) {
  const fromPx = useRef<number | null>(null);
  const dragged = useRef(false);
  const end = (kept: boolean): void => {
    if (fromPx.current === null) return;
    fromPx.current = null;
    if (dragged.current) onDrop(kept);
  };
  return {
    onPointerDown(event: PointerEvent) {
      dragged.current = false;
      if (event.button !== 0 || berth.edit.now === null) return;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      fromPx.current = event.clientX;
    },
    onPointerMove(event: PointerEvent) {
      if (fromPx.current === null) return;
      const byPx = event.clientX - fromPx.current;
      dragged.current ||= Math.abs(byPx) > STILL_PX;
      if (dragged.current) onDrag(byPx);
    },
    onPointerUp: () => end(true),
    onPointerCancel: () => end(false),
    onClickCapture(event: Event) {
      if (!dragged.current) return;
      // What was dragged is not also chosen.
      dragged.current = false;
      event.stopPropagation();
    },
  };
}

/** What became of it, for who can't see it: nothing for one that is as it was. */
function becomeOf({ berth: { edit }, refused }: MovableIntentProps): string {
  const change = changeOf(edit);
  const said = {
    added: "added",
    removed: "removed",
    replaced: `instead of ${edit.wasText}`,
    moved: `was ${preciseClock((edit.was?.tick ?? 0) * TICK_MS)}`,
  };
  const told = change === null ? [] : [said[change]];
  return [...told, ...(refused === "" ? [] : [`refused: ${refused}`])].join(", ");
}
