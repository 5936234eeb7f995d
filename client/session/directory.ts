import type { LevelCard } from "../../shared/match/view.ts";
import type { RoomPhase } from "../../shared/wire/room.ts";

/** What the server tells of a room to whoever knows its code. */
export interface RoomNotice {
  readonly code: string;
  readonly mode: "solo" | "shift";
  readonly phase: RoomPhase;
  /** The level's title. */
  readonly title: string;
  readonly seats: number;
  readonly seatsMax: number;
  readonly locked: boolean;
}

/** Something could not be read; `sentence` is for the person. */
export interface Unreadable {
  readonly sentence: string;
}

/** What is said when the server gives no answer. */
export const UNREACHABLE: Unreadable = { sentence: "The server can't be reached: check your connection, then try again." };

/** Looks a room up by its code, or says why there is none. */
export function lookUpRoom(code: string): Promise<RoomNotice | Unreadable> {
  return read<RoomNotice>(`/api/rooms/${encodeURIComponent(code)}`);
}

/** The levels in the order of the curriculum. */
export function listLevels(): Promise<readonly LevelCard[] | Unreadable> {
  return read<readonly LevelCard[]>("/api/levels");
}

/** Reads JSON of the API, or its sentence why not. */
export async function read<Found>(path: string): Promise<Found | Unreadable> {
  try {
    const response = await fetch(path);
    const body = (await response.json()) as Found & Partial<Unreadable>;
    return response.ok ? body : { sentence: body.sentence ?? UNREACHABLE.sentence };
  } catch {
    return UNREACHABLE;
  }
}

/** Tells a finding from the reason why there is none. */
export function isUnreadable(found: object): found is Unreadable {
  return "sentence" in found;
}
