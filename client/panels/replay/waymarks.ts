import { computed, type ReadonlySignal } from "@preact/signals";
import type { Rerun } from "../../session/rerun.ts";
import { eventsOf, lastBefore, nextAfter, wrongAnswersOf } from "./moments.ts";
import type { Playback } from "./playback.ts";

/** A little before a wrong answer, ms: one sees it being given. */
const LEAD_MS = 100;

/** Jumps from one thing that happened to the next. Until the film is whole nothing is known to jump to. */
export interface Waymarks {
  readonly nextWrongMs: ReadonlySignal<number | null>;
  /** How many moments of wrong answers can be gone to. */
  readonly wrongAnswers: ReadonlySignal<number>;
  toEventBefore(): void;
  toNextEvent(): void;
  /** To the next wrong answer; after the last one to the first again. */
  toNextWrong(): void;
}

/** The waymarks of a match that is played again. */
export function waymarksOf(end: Rerun["end"], playback: Playback): Waymarks {
  const events = computed(() => (end.value === null ? [] : eventsOf(end.value.debrief)));
  const wrong = computed(() => (end.value === null ? [] : wrongAnswersOf(end.value.debrief)));
  const nextWrongMs = computed(() => nextAfter(wrong.value, playback.atMs.value) ?? wrong.value[0] ?? null);
  const goTo = (ms: number | null): void => {
    if (ms === null) return;
    playback.play(false);
    playback.seek(ms);
  };
  return {
    nextWrongMs,
    wrongAnswers: computed(() => wrong.value.length),
    toEventBefore: () => goTo(lastBefore(events.value, playback.atMs.value) ?? 0),
    toNextEvent: () => goTo(nextAfter(events.value, playback.atMs.value) ?? playback.lastsMs.value),
    toNextWrong: () => goTo(nextWrongMs.value === null ? null : Math.max(0, nextWrongMs.value - LEAD_MS)),
  };
}
