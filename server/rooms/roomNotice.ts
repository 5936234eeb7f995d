import { levelCard } from "../../shared/match/levelCard.ts";
import type { RoomPhase } from "../../shared/wire/room.ts";
import type { House } from "./house.ts";
import { type Mode, seatsOf } from "./mode.ts";
import type { Party } from "./party.ts";

/** What a page may know of a room before it joins. */
export interface RoomNotice {
  readonly code: string;
  readonly mode: Mode;
  readonly phase: RoomPhase;
  /** The level's. */
  readonly title: string;
  readonly seats: number;
  readonly seatsMax: number;
  readonly locked: boolean;
}

export function noticeOf({ code, mode, phase, crew, seatsMax, locked, level }: Party): RoomNotice {
  const seats = crew.seats.filter((seat) => !seat.vacant).length;
  return { code, mode, phase, title: level.title, seats, seatsMax, locked };
}

/** The notice of a room that waits to be made again after a restart. */
export function noticeOfWaiting({ restorations, levels }: House, code: string): RoomNotice | undefined {
  const unfinished = restorations.waiting(code);
  const level = levels.get(unfinished?.match.levelId ?? "");
  if (unfinished === undefined || level === undefined) return undefined;
  const { mode } = unfinished.match;
  const seatsMax = seatsOf(mode, levelCard(level));
  return { code, mode, phase: "match", title: level.title, seats: unfinished.seats.length, seatsMax, locked: false };
}
