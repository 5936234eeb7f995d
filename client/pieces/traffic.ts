import type { Cargo } from "./boat.ts";
import type { Fate } from "./voyage.ts";

/** Once one boat stands for ten, a route may be this much fuller before one stands for a hundred. */
const FULLER = 2.5;
const FLIGHT_MS = 750;
/** Real milliseconds of flight added per millisecond of the route's delay: slow routes are seen to be slow. */
const FLIGHT_PER_DELAY = 8;
const FLIGHT_MAX_MS = 4_500;
const GOLDEN = 0.618_034;

/** What is known of the traffic of one way. */
export interface Traffic {
  /** Fractions of boats still owed, per kind. */
  readonly owed: Record<Cargo | "retry" | "refused" | "lost", number>;
  /** Requests a second of real time, smoothed. */
  rate: number;
  standsFor: number;
  wrecks: number;
}

/** Traffic of a way on which nothing has sailed yet; the first failure is shown at once, and ways don't start in step. */
export function newTraffic(order: number): Traffic {
  const start = (order * GOLDEN) % 1;
  return {
    owed: { read: start, write: start, log: start, retry: start, refused: 0.9, lost: 0.9 },
    rate: 0,
    standsFor: 1,
    wrecks: 0,
  };
}

/** Takes the next fate that is owed; replication that meets a cut is always lost. */
export function nextFate(owed: Traffic["owed"], cargo: Cargo, stop: number | null): Fate {
  if (cargo === "log") return stop === null ? "arrives" : "lost";
  for (const fate of ["lost", "refused"] as const) {
    if (owed[fate] < 1) continue;
    owed[fate] -= 1;
    return fate;
  }
  return "arrives";
}

/** How long a boat is under way, in real milliseconds, for a route's one-way delay. */
export function flightOf(delayMs: number): number {
  return Math.min(FLIGHT_MAX_MS, FLIGHT_MS + delayMs * FLIGHT_PER_DELAY);
}

/** How many requests one boat stands for: 1, 10, 100 …, so that crowding (1 is full) stays in bounds, with some inertia. */
export function grain(now: number, crowding: number): number {
  if (crowding > (now === 1 ? 1 : now * FULLER)) return now * 10;
  return now > 1 && crowding < now * 0.05 ? now / 10 : now;
}
