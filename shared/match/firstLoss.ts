import type { Ms } from "../core/time.ts";
import type { Match } from "./match.ts";

/** Looks in the window that a loss is judged over: 2 s of looks half a second apart. */
const WINDOW = 4;
/** Share of the window's operations whose loss people would call an incident. */
const REAL_SHARE = 0.02;
/** Fewer than this many losses are noise, however few were asked. */
const REAL_COUNT = 5;
/** A warning that cleared this long before the loss was about something else. */
const FORGOTTEN_MS: Ms = 15_000;

/**
 * Watches a match for its first real loss, and for how long people had been warned by then. The first real loss is the
 * first look with a loss in the first 2 s window in which more than 2 % of the operations (and at least five) were
 * refused, unanswered, late or wrong. A warning counts from its start if it still stands at the loss, or cleared less
 * than 15 s before.
 */
export class FirstLoss {
  readonly #window: { readonly atMs: Ms; readonly all: number; readonly lost: number }[] = [];
  #warnedMs: number | null = null;

  /** Looks once; call every half second. */
  look(match: Match): void {
    if (this.#warnedMs !== null) return;
    const { served } = match.record.ledger.counts;
    const all = match.record.ledger.total;
    this.#window.push({ atMs: match.clockMs, all, lost: all - served });
    if (this.#window.length > WINDOW + 1) this.#window.shift();
    const first = this.#window[0]!;
    const lost = all - served - first.lost;
    if (lost < REAL_COUNT || lost <= REAL_SHARE * (all - first.all)) return;
    const onset = this.#window.find((look) => look.lost > first.lost)!.atMs;
    const standing = match.pager.alerts.filter(
      ({ sinceMs, clearedMs }) => sinceMs <= onset && (clearedMs === 0 || clearedMs > onset - FORGOTTEN_MS),
    );
    this.#warnedMs = standing.length === 0 ? -1 : onset - Math.min(...standing.map(({ sinceMs }) => sinceMs));
  }

  /** From the oldest standing warning to the first real loss, ms; null while nothing was lost, −1 when nobody was warned. */
  get warnedMs(): number | null {
    return this.#warnedMs;
  }
}
