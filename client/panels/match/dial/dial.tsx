import { useSignal } from "@preact/signals";
import type { ComponentView, DialView, View } from "../../../../shared/match/view.ts";
import { Glyph } from "../../../marks/glyph.tsx";
import { PromiseFlag } from "../../../marks/promiseFlag.tsx";
import { compact } from "../../compact.ts";
import { moneyText, msText, spoken } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { whoseCall } from "../whoseCall.ts";
import { CutOffSide, StopTable } from "./stopTable.tsx";
import { stopWords } from "./stopWords.ts";
import { Telegraph } from "./telegraph.tsx";

interface DialProps {
  readonly view: View;
  readonly helm: Helm;
  readonly store: ComponentView;
  readonly dial: DialView;
}

/** The consistency dial. Aiming costs nothing; only the second step turns it, because a turn is felt by every client. */
export function ConsistencyDial({ view, helm, store, dial }: DialProps) {
  const aimed = useSignal(-1);
  const call = whoseCall(view, "dial");
  const mine = call.kind === "yours";
  const standing = dial.turningTo >= 0 ? dial.turningTo : dial.at;
  const aim = (stop: number): void => {
    if (!mine) return;
    if (stop === aimed.value) turn();
    else aimed.value = stop === standing ? -1 : stop;
  };
  const turn = (): void => {
    const stop = dial.stops[aimed.value];
    aimed.value = -1;
    if (stop !== undefined) void helm.wish({ verb: "dial", store: store.name, stop: stop.name }, "dial");
  };
  const step = (by: number): void => {
    const from = aimed.value >= 0 ? aimed.value : standing;
    const to = Math.min(dial.stops.length - 1, Math.max(0, from + by));
    aimed.value = mine && to !== standing ? to : -1;
  };
  return (
    <section class="dial" aria-labelledby="dial-title" data-coach="dial">
      <header>
        <h3 id="dial-title">Consistency</h3>
        <p class="quiet">
          <PromiseFlag size={18} /> promised: {spoken(dial.promised)}
        </p>
      </header>
      <div class="telegraph-row">
        <StepButton glyph="left" label="Aim at the weaker stop" disabled={!mine} onClick={() => step(-1)} />
        <DialSlider
          dial={dial}
          aimed={aimed.value}
          disabled={!mine}
          onStep={step}
          onTurn={turn}
          onCancel={() => (aimed.value = -1)}
        >
          <Telegraph dial={dial} aimed={aimed.value} onAim={aim} />
        </DialSlider>
        <StepButton glyph="right" label="Aim at the stronger stop" disabled={!mine} onClick={() => step(1)} />
      </div>
      <Aim dial={dial} aimed={aimed.value} standing={standing} onTurn={turn} />
      {call.kind === "theirs" && <p class="their-call">{call.words}</p>}
      <Refusal helm={helm} control="dial" />
      {compact.value ? (
        <StopFacts dial={dial} at={aimed.value >= 0 ? aimed.value : standing} />
      ) : (
        <StopTable dial={dial} aimed={aimed.value} onAim={aim} />
      )}
    </section>
  );
}

function StepButton(props: { glyph: "left" | "right"; label: string; disabled: boolean; onClick(): void }) {
  return (
    <button
      type="button"
      class="button step"
      aria-label={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Glyph name={props.glyph} size={26} />
    </button>
  );
}

interface DialSliderProps {
  readonly dial: DialView;
  readonly aimed: number;
  readonly disabled: boolean;
  readonly children: preact.ComponentChildren;
  onStep(by: number): void;
  onTurn(): void;
  onCancel(): void;
}

/** The dial for the keyboard: arrows aim, Enter turns, Escape lets go. */
function DialSlider({ dial, aimed, disabled, children, onStep, onTurn, onCancel }: DialSliderProps) {
  const at = aimed >= 0 ? aimed : dial.at;
  const name = stopWords(dial.stops[at]!);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowLeft" || event.key === "ArrowDown") onStep(-1);
    else if (event.key === "ArrowRight" || event.key === "ArrowUp") onStep(1);
    else if ((event.key === "Enter" || event.key === " ") && aimed >= 0) onTurn();
    else if (event.key === "Escape" && aimed >= 0) onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="dial-slider"
      role="slider"
      tabIndex={0}
      aria-label="Consistency dial"
      aria-disabled={disabled}
      aria-valuemin={1}
      aria-valuemax={dial.stops.length}
      aria-valuenow={at + 1}
      aria-valuetext={aimed >= 0 ? `aimed at ${name}, press Enter to turn` : name}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

/** Where the dial stands, or the second step of turning it. */
function Aim({ dial, aimed, standing, onTurn }: { dial: DialView; aimed: number; standing: number; onTurn(): void }) {
  const stop = dial.stops[aimed];
  if (stop === undefined) {
    const words = stopWords(dial.stops[standing]!);
    return <p class="dial-at">{dial.turningTo >= 0 ? `turning to ${words}…` : words}</p>;
  }
  return (
    <button type="button" class="button primary turn" onClick={onTurn}>
      {`Turn to ${stopWords(stop)}`}
      <small>{`${moneyText(stop.pricePerMinute)}/min`}</small>
    </button>
  );
}

/** One stop's costs, where there is no room for the table. */
function StopFacts({ dial, at }: { dial: DialView; at: number }) {
  const stop = dial.stops[at]!;
  return (
    <dl class="stop-facts">
      <div>
        <dt>read p50 / p99</dt>
        <dd class="mono">{`${msText(stop.readMsP50)} / ${msText(stop.readMsP99)} ms`}</dd>
      </div>
      <div>
        <dt>write p50 / p99</dt>
        <dd class="mono">{`${msText(stop.writeMsP50)} / ${msText(stop.writeMsP99)} ms`}</dd>
      </div>
      <div>
        <dt>cut-off side</dt>
        <dd>
          <CutOffSide stop={stop} />
        </dd>
      </div>
      <div>
        <dt>price</dt>
        <dd class="mono">{`${moneyText(stop.pricePerMinute)}/min`}</dd>
      </div>
    </dl>
  );
}
