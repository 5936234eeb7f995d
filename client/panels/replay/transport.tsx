import { useComputed } from "@preact/signals";
import { Buoy } from "../../marks/buoy.tsx";
import { Glyph, type GlyphName } from "../../marks/glyph.tsx";
import { Clock } from "../match/hud/clock.tsx";
import { clockText, percentText } from "../figures.ts";
import { type Playback, SPEEDS } from "./playback.ts";
import type { Waymarks } from "./waymarks.ts";

const SPEED_WORDS: Readonly<Record<number, string>> = { 0.25: "¼", 0.5: "½" };

interface TransportProps {
  readonly playback: Playback;
  readonly waymarks: Waymarks;
  /** How much of the film is made, 0 to 1. */
  readonly filmed: number;
  /** What was done last by the moment, such as "01:31 Mira pings: who leads?"; empty before the first act. */
  readonly lastAct: string;
}

/** Every way to move the film that can be pressed. */
export function Transport({ playback, waymarks, filmed, lastAct }: TransportProps) {
  const playing = playback.playing.value;
  return (
    <div class="transport">
      <div class="transport-buttons" role="group" aria-label="Film">
        <Press glyph="first" name="To the start" keys="Home" onPress={() => playback.seek(0)} />
        <Press glyph="earlier" name="Event before" onPress={waymarks.toEventBefore} />
        <Press glyph="left" name="A frame back" keys="," onPress={() => playback.step(-1)} />
        <button
          type="button"
          class="button primary play"
          aria-label={playing ? "Pause" : "Play"}
          aria-keyshortcuts="Space"
          onClick={() => playback.play(!playing)}
        >
          <Glyph name={playing ? "pause" : "play"} size={26} />
        </button>
        <Press glyph="right" name="A frame on" keys="." onPress={() => playback.step(1)} />
        <Press glyph="later" name="Next event" onPress={waymarks.toNextEvent} />
        <Press glyph="last" name="To the end" keys="End" onPress={() => playback.seek(playback.lastsMs.peek())} />
      </div>
      <Moment playback={playback} filmed={filmed} lastAct={lastAct} />
      <Speeds playback={playback} />
      <button
        type="button"
        class="button next-wrong"
        aria-keyshortcuts="n"
        disabled={waymarks.nextWrongMs.value === null}
        onClick={waymarks.toNextWrong}
      >
        <svg viewBox="-22 -36 44 44" width="30" height="30" aria-hidden="true">
          <Buoy />
        </svg>
        {waymarks.wrongAnswers.value === 0 ? "No wrong answer" : "Next wrong answer"}
      </button>
    </div>
  );
}

interface PressProps {
  readonly glyph: GlyphName;
  readonly name: string;
  readonly keys?: string;
  onPress(): void;
}

function Press({ glyph, name, keys, onPress }: PressProps) {
  return (
    <button
      type="button"
      class="button square"
      aria-label={name}
      title={name}
      {...(keys === undefined ? {} : { "aria-keyshortcuts": keys })}
      onClick={onPress}
    >
      <Glyph name={glyph} size={20} />
    </button>
  );
}

/** The clock, and under it what is going on. */
function Moment({ playback, filmed, lastAct }: Omit<TransportProps, "waymarks">) {
  const second = useComputed(() => Math.floor(playback.atMs.value / 1_000));
  const awaited = playback.awaitedMs.value;
  return (
    <div class="moment">
      <p class="moment-clock" aria-label={`${clockText(second.value * 1_000)} of ${clockText(playback.lastsMs.value)}`}>
        <strong>
          <Clock ms={second.value * 1_000} />
        </strong>{" "}
        <span class="quiet">
          of <Clock ms={playback.lastsMs.value} />
        </span>{" "}
        <span class="quiet moment-state" role="status">
          {awaited === null ? stateOf(playback, filmed) : `filming up to ${clockText(awaited)}, ${percentText(filmed)}`}
        </span>
      </p>
      <p class="quiet last-act">{lastAct === "" ? "Nobody did anything yet." : lastAct}</p>
    </div>
  );
}

function stateOf(playback: Playback, filmed: number): string {
  if (filmed < 1) return `filming, ${Math.floor(filmed * 100)}% so far`;
  return playback.playing.value ? "" : "paused, messages in flight are drawn";
}

function Speeds({ playback }: { playback: Playback }) {
  return (
    <div class="speeds" role="group" aria-label="Speed">
      {SPEEDS.map((speed) => (
        <button
          key={speed}
          type="button"
          class="mono"
          aria-pressed={playback.speed.value === speed}
          onClick={() => playback.setSpeed(speed)}
        >
          <span class="spoken">Speed </span>
          {`${SPEED_WORDS[speed] ?? speed}×`}
        </button>
      ))}
    </div>
  );
}
