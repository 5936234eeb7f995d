import type { Debrief } from "../../../shared/match/debrief.ts";

/** Something that counts as "the next one" must lie this much further on, ms, so that one gets on from where one is. */
const FURTHER_MS = 50;
/** Just before a moment, so that one sees it happen, ms. */
const BEFORE_MS = 100;

/** Every moment at which something began, ended, rang or was done, in order. */
export function eventsOf({ timeline, anomalies }: Debrief): number[] {
  const moments = [
    ...timeline.faults.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]),
    ...timeline.alerts.map(({ atMs }) => atMs),
    ...timeline.acts.map(({ atMs }) => atMs),
    ...anomalies.map(({ fromMs }) => fromMs),
  ];
  return inOrder(moments.filter((ms) => ms <= timeline.lastsMs));
}

/** Every moment at which a wrong answer was given, in order. */
export function wrongAnswersOf({ anomalies }: Debrief): number[] {
  return inOrder(anomalies.flatMap(({ moments }) => moments));
}

/** The first of some moments after a time, or null. */
export function nextAfter(moments: readonly number[], atMs: number): number | null {
  return moments.find((ms) => ms > atMs + FURTHER_MS + BEFORE_MS) ?? null;
}

/** The last of some moments before a time, or null. */
export function lastBefore(moments: readonly number[], atMs: number): number | null {
  return moments.findLast((ms) => ms < atMs - FURTHER_MS) ?? null;
}

/** Wrong answers that follow each other closely, as stretches of time. `apartMs`: a longer quiet parts two stretches. */
export function stretchesOf(moments: readonly number[], apartMs: number): { fromMs: number; untilMs: number }[] {
  const stretches: { fromMs: number; untilMs: number }[] = [];
  for (const ms of moments) {
    const last = stretches.at(-1);
    if (last !== undefined && ms - last.untilMs <= apartMs) last.untilMs = ms;
    else stretches.push({ fromMs: ms, untilMs: ms });
  }
  return stretches;
}

function inOrder(moments: readonly number[]): number[] {
  return [...new Set(moments)].toSorted((a, b) => a - b);
}
