import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Film, Frame } from "../../session/rerun.ts";

/** How many times faster than it was played a match may be watched. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;

/** Time of the match between two frames of a film, ms. */
export const FRAME_MS = 100;
/** Longest step of the clock at once, ms of real time: a tab that was hidden goes on where it was left. */
const LONGEST_STEP_MS = 250;
/** Frames before a moment that put the boats on the sea where they were. */
const LATELY = 20;

/** A film that is watched: where it stands, whether it runs, and every way to move it. Times are of the match, ms. */
export interface Playback {
  readonly lastsMs: ReadonlySignal<number>;
  readonly filmedMs: ReadonlySignal<number>;
  readonly atMs: ReadonlySignal<number>;
  readonly playing: ReadonlySignal<boolean>;
  readonly speed: ReadonlySignal<number>;
  /** A moment that was asked for before it was filmed; the film goes there once it can. */
  readonly awaitedMs: ReadonlySignal<number | null>;
  /** The frame at the moment; null before the first. */
  readonly frame: ReadonlySignal<Frame | null>;
  /** Grows with every move that is not playing: what is shown next does not follow from what was shown. */
  readonly jumps: ReadonlySignal<number>;
  /** The frames after a moment and up to the one that is shown: what a slow screen has skipped, and the newest. */
  since(ms: number): readonly Frame[];
  /** The frames that led to the moment, oldest first; none while the film is dragged, which must not lag. */
  lately(): readonly Frame[];
  seek(ms: number): void;
  /** While it is dragged it does not run by itself; it goes on afterwards if it ran before. */
  drag(on: boolean): void;
  /** By so many frames; stands still afterwards. */
  step(frames: number): void;
  play(on: boolean): void;
  /** The next faster speed (1) or slower one (−1). */
  shift(by: 1 | -1): void;
  setSpeed(speed: number): void;
  close(): void;
}

/** Watches a film that may still be growing, from `startMs` on. */
export function openPlayback(film: ReadonlySignal<Film | null>, startMs: number): Playback {
  const at = signal(0);
  const awaited = signal<number | null>(startMs > 0 ? startMs : null);
  const playing = signal(false);
  const speed = signal(1);
  const jumps = signal(0);
  const lastsMs = computed(() => film.value?.lastsMs ?? 0);
  const filmedMs = computed(() => film.value?.filmedMs ?? 0);
  const frameMs = computed(() => Math.min(filmedMs.value, Math.floor(at.value / FRAME_MS + 1e-6) * FRAME_MS));
  const frame = computed(() => film.value?.frameAt(frameMs.value) ?? null);

  let dragged = false;
  let ranBefore = false;

  const seek = (ms: number): void => {
    const wanted = Math.max(0, Math.min(ms, lastsMs.value));
    awaited.value = wanted > filmedMs.value ? wanted : null;
    at.value = Math.min(wanted, filmedMs.value);
    jumps.value += 1;
  };
  const arrive = effect(() => {
    const wanted = awaited.value;
    if (film.value !== null && wanted !== null && filmedMs.value >= Math.min(wanted, lastsMs.value)) seek(wanted);
  });
  const tick = clockwork((elapsedMs) => {
    at.value = Math.min(filmedMs.value, at.value + elapsedMs * speed.value);
    if (at.value >= lastsMs.value) play(false);
  });
  const play = (on: boolean): void => {
    if (on && at.value >= lastsMs.value) seek(0);
    playing.value = on && film.value !== null;
    tick.run(playing.value);
  };
  return {
    lastsMs,
    filmedMs,
    atMs: at,
    playing,
    speed,
    awaitedMs: awaited,
    frame,
    jumps,
    since: (ms) => {
      const count = Math.round((frameMs.peek() - ms) / FRAME_MS);
      return framesBefore(film.peek(), frameMs.peek() + FRAME_MS, Math.min(LATELY, Math.max(1, count)));
    },
    lately: () => (dragged ? [] : framesBefore(film.peek(), frameMs.peek(), LATELY)),
    seek,
    drag(on) {
      if (on) ranBefore = playing.value;
      dragged = on;
      play(!on && ranBefore && at.value < lastsMs.value);
      if (!on) jumps.value += 1;
    },
    step: (frames) => {
      play(false);
      seek(frameMs.value + frames * FRAME_MS);
    },
    play,
    shift: (by) => {
      speed.value = SPEEDS[SPEEDS.findIndex((one) => one === speed.value) + by] ?? speed.value;
    },
    setSpeed: (next) => (speed.value = next),
    close: () => {
      play(false);
      arrive();
    },
  };
}

/** So many frames before a moment, oldest first. */
function framesBefore(film: Film | null, ms: number, count: number): Frame[] {
  if (film === null) return [];
  const moments = Array.from({ length: count }, (_, at) => ms - (count - at) * FRAME_MS);
  return moments.filter((moment) => moment >= 0).map((moment) => film.frameAt(moment));
}

/** Calls back on every animation frame while it runs, with the real time since the last, ms. */
function clockwork(pass: (elapsedMs: number) => void): { run(on: boolean): void } {
  let request = 0;
  let lastMs = 0;
  const turn = (nowMs: number): void => {
    request = requestAnimationFrame(turn);
    pass(Math.min(LONGEST_STEP_MS, Math.max(0, nowMs - lastMs)));
    lastMs = nowMs;
  };
  return {
    run(on) {
      cancelAnimationFrame(request);
      lastMs = performance.now();
      if (on) request = requestAnimationFrame(turn);
    },
  };
}
