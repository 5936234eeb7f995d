import { useComputed } from "@preact/signals";
import type { Recording } from "../../rerun/asks.ts";
import type { Rerun } from "../../session/rerun.ts";
import { countText, percentText } from "../figures.ts";
import type { Playback } from "./playback.ts";

interface ReplayHeaderProps {
  readonly recording: Recording;
  readonly playback: Playback;
  readonly end: Rerun["end"];
  /** Where the way back leads, in a word. */
  readonly back: string;
  /** Absent for a match that only this page has. */
  readonly onShare: (() => void) | undefined;
  readonly onWhatIf: (() => void) | undefined;
  onBack(): void;
}

/** What is played again, what it comes to by now and in the end, and the ways on. */
export function ReplayHeader({ recording, playback, end, back, onShare, onWhatIf, onBack }: ReplayHeaderProps) {
  const { file } = recording;
  const title = useComputed(() => playback.frame.value?.truth.level.title ?? "").value;
  const now = useComputed(() => Math.round(playback.frame.value?.truth.gauges.score ?? 0)).value;
  const debrief = end.value?.debrief ?? null;
  return (
    <header class="replay-header">
      <h1>Replay</h1>
      <p class="quiet replay-what">
        {title !== "" && <b>{title}</b>} {file.crew.map(({ name }) => name).join(", ")}{" "}
        <span>
          seed <span class="mono">{file.seed}</span>
        </span>
      </p>
      <p class="replay-score">
        {debrief !== null && (
          <span class="replay-shares mono">
            <b class="availability" aria-label="Availability">
              A
            </b>{" "}
            {percentText(debrief.availability)}{" "}
            <b class="correctness" aria-label="Correctness">
              C
            </b>{" "}
            {percentText(debrief.correctness)}
          </span>
        )}
        <span>
          <strong class="mono">{countText(debrief?.score ?? file.score)}</strong> points
        </span>
        <small class="quiet">
          by now <span class="mono">{countText(now)}</span>
        </small>
      </p>
      <nav class="replay-doors" aria-label="Ways on">
        {onWhatIf !== undefined && (
          <button type="button" class="button" onClick={onWhatIf}>
            What if…
          </button>
        )}
        {onShare !== undefined && (
          <button type="button" class="button" onClick={onShare}>
            Share
          </button>
        )}
        <button type="button" class="button" onClick={onBack}>
          {back}
        </button>
      </nav>
    </header>
  );
}
