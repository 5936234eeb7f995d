import type { OperatorView } from "../../../shared/match/view.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { Glyph } from "../../marks/glyph.tsx";
import { OperatorMark } from "../../marks/operator.tsx";
import type { Desk } from "./desk.ts";
import { asItWas, changeOf, type Edit, leftOut, moved } from "./edits.ts";
import { MomentField } from "./momentField.tsx";

/** Ticks of a second. */
const SECOND = 20;

interface IntentBenchProps {
  readonly desk: Desk;
  readonly edit: Edit;
  readonly operator: OperatorView | undefined;
  readonly ticks: number;
  onReplace(): void;
  onClose(): void;
}

/** Everything that can be done to the intent that was chosen. */
export function IntentBench({ desk, edit, operator, ticks, onReplace, onClose }: IntentBenchProps) {
  const edits = desk.edits.value;
  const refused = desk.refusals.value.get(edit.id) ?? "";
  const change = changeOf(edit);
  const shift = (by: number): void => {
    const tick = Math.max(0, Math.min(ticks - 1, edit.now!.tick + by));
    desk.change(moved(edits, edit.id, tick), `move ${edit.id}`);
  };
  return (
    <section class="intent-bench" aria-label="The chosen intent">
      <p class="intent-bench-what">
        <OperatorMark name={operator?.name ?? "?"} role={operator?.roles[0] ?? "lead"} bot={operator?.bot ?? false} />
        <span class={edit.now === null ? "gone" : ""}>
          {operator?.name} <b>{arrowed(edit.text)}</b>
        </span>
      </p>
      {edit.now !== null && (
        <>
          <MomentField
            label="at"
            tick={edit.now.tick}
            ticks={ticks}
            onTick={(tick) => tick !== edit.now!.tick && desk.change(moved(edits, edit.id, tick))}
          />
          <button type="button" class="button" onClick={() => shift(-SECOND)}>
            −1 s
          </button>
          <button type="button" class="button" onClick={() => shift(SECOND)}>
            +1 s
          </button>
          <button type="button" class="button" onClick={onReplace}>
            Something else…
          </button>
          <button type="button" class="button" onClick={() => desk.change(leftOut(edits, edit.id))}>
            Remove
          </button>
        </>
      )}
      {change !== null && change !== "added" && (
        <button type="button" class="button" onClick={() => desk.change(asItWas(edits, edit.id))}>
          {edit.now === null ? "Put back" : "As it was"}
        </button>
      )}
      <button type="button" class="button square bare" aria-label="Done with this intent" onClick={onClose}>
        <Glyph name="cross" size={18} />
      </button>
      {refused !== "" && (
        <p class="complaint" role="status">
          <Glyph name="cross" size={16} /> {`Refused this time: ${refused}`}
        </p>
      )}
    </section>
  );
}
