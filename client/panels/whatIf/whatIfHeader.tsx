import type { Recording } from "../../rerun/asks.ts";
import { Arrow } from "../../marks/arrow.tsx";
import { countText } from "../figures.ts";
import type { Desk } from "./desk.ts";
import { differenceText } from "./difference.ts";
import { type Piece, spokenQuestion } from "./question.ts";

interface WhatIfHeaderProps {
  readonly desk: Desk;
  readonly pieces: readonly Piece[];
  readonly file: Recording["file"];
  readonly back: string;
  onBack(): void;
  onWatch(): void;
}

/** The question as the title, both scores with their difference, and the ways on. */
export function WhatIfHeader({ desk, pieces, file, back, onBack, onWatch }: WhatIfHeaderProps) {
  const played = desk.played.value!.debrief;
  const whatIf = desk.outcome.value?.debrief ?? null;
  const isReady = whatIf !== null && desk.playing.value === null;
  const changed = desk.isChanged.value;
  const playing = desk.playing.value;
  return (
    <header class="what-if-header">
      <div class="what-if-title">
        <h1>
          {pieces.map(({ text, lit }) => (lit ? <em key={text}>{text}</em> : text))}
        </h1>
        <p class="quiet">
          {`${played.level.title} · ${file.crew.map(({ name }) => name).join(", ")} · `}
          <span class="mono">{file.seed}</span>
          {` · ${luckText(played.timeline.faults, (whatIf ?? played).timeline.faults)}`}
        </p>
        <p class="complaint" role="alert">
          {desk.complaint.value}
        </p>
      </div>
      <p class={playing === null ? "what-if-scores" : "what-if-scores stale"} role="status">
        <span class="spoken">Points as played: </span>
        <b class="mono">{countText(played.score)}</b>
        {whatIf !== null && (
          <>
            <Arrow />
            <span class="spoken">what if: </span>
            <strong class="mono">{countText(whatIf.score)}</strong>
          </>
        )}
        <small>
          points
          {whatIf !== null && <DifferenceMark from={played.score} to={whatIf.score} />}
        </small>
      </p>
      <div class="what-if-doors">
        <button type="button" class="button" onClick={onBack}>
          {back}
        </button>
        <button type="button" class="button" disabled={!isReady} onClick={onWatch}>
          Watch it
        </button>
        <button type="button" class="button" disabled={!changed} onClick={() => desk.reset()}>
          Try another
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!isReady}
          onClick={() => desk.keep(spokenQuestion(pieces))}
        >
          Keep
        </button>
      </div>
      {playing !== null && (
        <progress class="what-if-progress" value={playing} max={1} aria-label="Playing the match with this change" />
      )}
    </header>
  );
}

function DifferenceMark({ from, to }: { from: number; to: number }) {
  const text = differenceText(from, to);
  return <b class={text.startsWith("+") ? "gain" : text.startsWith("−") ? "fall" : ""}>{text}</b>;
}

/** Only a chaos director lets the next trouble wait for the team; everything else is the same by the rules. */
function luckText(played: readonly object[], whatIf: readonly object[]): string {
  const same = JSON.stringify(played) === JSON.stringify(whatIf);
  return same ? "same arrivals, same faults" : "same arrivals; the chaos director's troubles came at other times";
}
