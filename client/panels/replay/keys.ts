import { useEffect } from "preact/hooks";
import type { Playback } from "./playback.ts";
import type { Waymarks } from "./waymarks.ts";

/** Listens to the keyboard of a replay: space, arrows (with shift ten seconds), comma and full stop, brackets, N, Home, End. */
export function useKeys(playback: Playback, waymarks: Waymarks): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      const act = ACTS[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act(playback, waymarks, event.shiftKey ? 10_000 : 1_000);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [playback, waymarks]);
}

type Act = (playback: Playback, waymarks: Waymarks, strideMs: number) => void;

const ACTS: Readonly<Record<string, Act>> = {
  " ": (playback) => playback.play(!playback.playing.value),
  ArrowLeft: (playback, _, strideMs) => playback.seek(playback.atMs.value - strideMs),
  ArrowRight: (playback, _, strideMs) => playback.seek(playback.atMs.value + strideMs),
  ",": (playback) => playback.step(-1),
  ".": (playback) => playback.step(1),
  "[": (playback) => playback.shift(-1),
  "]": (playback) => playback.shift(1),
  n: (_, waymarks) => waymarks.toNextWrong(),
  N: (_, waymarks) => waymarks.toNextWrong(),
  Home: (playback) => playback.seek(0),
  End: (playback) => playback.seek(playback.lastsMs.value),
};

/** Somebody types, a window is open over the page, or a button has the focus, which space presses. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return true;
  if (document.querySelector("dialog[open]") !== null) return true;
  return key === " " && (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement);
}
