import type { LevelCard } from "../../shared/match/view.ts";

/** The kinds of room a client may create: alone, or a shift of several who share a code. */
export const MODES = ["solo", "shift"] as const;
export type Mode = (typeof MODES)[number];

/** Seats of a shift, whatever the level allows. */
const SHIFT_SEATS_MAX = 8;

/** How many can play a level together. */
export function seatsOf(mode: Mode, { operatorsMax }: LevelCard): number {
  return mode === "solo" ? 1 : Math.min(SHIFT_SEATS_MAX, operatorsMax);
}
