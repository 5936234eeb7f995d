import { type ReadonlySignal, signal } from "@preact/signals";
import type { View } from "../../../../shared/match/view.ts";

/** One component's meters at one moment of the match. */
export interface MeterSample {
  readonly atMs: number;
  readonly rate: number;
  readonly errors: number;
  readonly p50: number;
  readonly p99: number;
}

/** Meters of each component since this page first saw the match. */
export type MeterHistory = readonly (readonly MeterSample[])[];

const EVERY_MS = 1_000;
const KEY = "split-brain meters";

/** Keeps what the components' meters said, one sample a second of the match, through a refresh of the tab as well. */
export class MeterLog {
  readonly #history = signal<MeterHistory>([]);
  readonly #match: string;

  /** `match` tells this match from the one before it in the same tab. */
  constructor(match: string) {
    this.#match = match;
    this.#history.value = read(match);
  }

  get history(): ReadonlySignal<MeterHistory> {
    return this.#history;
  }

  note(view: View): void {
    const before = this.#history.peek();
    const last = before[0]?.at(-1);
    const again = last !== undefined && view.clockMs < last.atMs;
    if (last !== undefined && !again && view.clockMs - last.atMs < EVERY_MS) return;
    this.#history.value = view.components.map((component, at) => [
      ...(again ? [] : (before[at] ?? [])),
      {
        atMs: view.clockMs,
        rate: component.ratePerSecond,
        errors: component.errorsPerSecond,
        p50: component.latencyMsP50,
        p99: component.latencyMsP99,
      },
    ]);
  }

  /** Writes the log down for a refresh; worth doing when the page goes. */
  keep(): void {
    try {
      window.sessionStorage.setItem(KEY, JSON.stringify({ match: this.#match, history: this.#history.peek() }));
    } catch {
      // A full or forbidden store only costs the lines their beginning.
    }
  }
}

function read(match: string): MeterHistory {
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(KEY) ?? "null") as {
      match: string;
      history: MeterHistory;
    } | null;
    return kept?.match === match ? kept.history : [];
  } catch {
    return [];
  }
}
