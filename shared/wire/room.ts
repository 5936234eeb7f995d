import { z } from "zod";
import type { Debrief } from "../match/debrief.ts";
import { Intent } from "../match/intent.ts";
import type { Role } from "../match/roles.ts";
import type { LevelCard } from "../match/view.ts";

/**
 * Everything that crosses the socket. A client asks with `room.request(name, payload)` and is answered with `Answer`;
 * the server pushes `crew` (the lobby and who is here), `view` (a difference, see `delta.ts`) and `debrief`.
 */

export const PlayerName = z.string().trim().min(1, "Pick a name first.").max(16, "A name has at most 16 letters.");

/**
 * What a client sends with `create("shift" | "solo", …)` or `joinById(code, …)`. `seat` is its opaque token of an earlier
 * visit: with it, the client is back in the same seat, role and score, whatever happened to its socket.
 */
export const JoinOptions = z.object({
  name: PlayerName.optional(),
  seat: z.string().max(64).optional(),
  /**
   * Takes the seat even if another connection still sits in it, which is then closed with `CloseCodes.takenOver`. A tab
   * that comes back after a drop or a refresh says true: the server may not have noticed yet that its old socket is dead.
   * A fresh tab says false and, refused with `JoinRefusals.seatTaken`, asks its person first.
   */
  takeOver: z.boolean().optional(),
  level: z.string().max(60).optional(),
  /** A seed in the address gives the same crises. */
  seed: z.string().max(40).optional(),
});
export type JoinOptions = z.infer<typeof JoinOptions>;

/**
 * Why creating or joining was refused: the SDK hands this number on as `error.code`, and the sentence for the person as
 * `error.message`.
 */
export const JoinRefusals = {
  badOptions: 400,
  /** The page was not served by this server. */
  foreignOrigin: 403,
  /** The host removed this seat, and nobody brought it back. */
  removed: 410,
  roomNotFound: 404,
  /** Somebody sits there: the same person in another tab, most likely. See `JoinOptions.takeOver`. */
  seatTaken: 409,
  roomFull: 422,
  /** The host locked the room to newcomers; whoever holds a seat still gets in. */
  roomLocked: 423,
  /** Too many wrong codes from one address. */
  tooManyGuesses: 429,
  /** The server is shutting down. */
  closing: 503,
  /** The server has as many rooms as it can carry. */
  serverFull: 507,
} as const;
export type JoinRefusal = keyof typeof JoinRefusals;

/** Why the server closed a socket; the close reason is a sentence for the person. Any other code means: rejoin with the seat. */
export const CloseCodes = {
  /** The server shuts down. A match that runs is written down: it goes on under the same code when the server is back. */
  serverClosing: 4001,
  removed: 4101,
  takenOver: 4102,
  tooFast: 4103,
  /** Nobody was here for ten minutes, or the room could not be kept. */
  roomClosed: 4104,
} as const;

/** Requests of a client, by name. Each is answered by `Answer`. */
export const Requests = {
  ready: z.strictObject({ ready: z.boolean() }),
  rename: z.strictObject({ name: PlayerName }),
  chooseLevel: z.strictObject({ level: z.string().max(60) }),
  start: z.strictObject({}),
  /** Host only: removes a player; `undo` within 10 s brings the seat back. */
  kick: z.strictObject({ seat: z.int().min(0).max(7), undo: z.boolean() }),
  /** Host only, in the lobby: swaps the roles of two seats. */
  swap: z.strictObject({ a: z.int().min(0).max(7), b: z.int().min(0).max(7) }),
  lock: z.strictObject({ locked: z.boolean() }),
  /** Solo only. Speeds: 0.5, 1, 2, 4. */
  pause: z.strictObject({ paused: z.boolean() }),
  speed: z.strictObject({ speed: z.union([z.literal(0.5), z.literal(1), z.literal(2), z.literal(4)]) }),
  intent: Intent,
  /** After the debrief: back to the lobby of the same room (host, or anybody in solo). */
  again: z.strictObject({}),
  /** Host, or anybody in solo: ends the match now and keeps the score. */
  endEarly: z.strictObject({}),
} as const;
export type RequestName = keyof typeof Requests;

/** `sentence` is for the person, `code` for programs. */
export type Answer = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly sentence: string };

export type RoomPhase = "lobby" | "countdown" | "match" | "debrief";

/** The room as everybody in it sees it: pushed whole whenever it changes (it is small). */
export interface CrewState {
  readonly code: string;
  readonly mode: "solo" | "shift";
  readonly phase: RoomPhase;
  /** Seconds left of the 3-2-1; 0 outside the countdown. */
  readonly countdown: number;
  readonly locked: boolean;
  readonly level: LevelCard;
  readonly seats: readonly SeatState[];
  /** This client's own seat index. */
  readonly you: number;
  /** Seat kicked less than 10 s ago, that the host may bring back; null otherwise. */
  readonly kicked: { readonly seat: number; readonly name: string; readonly secondsLeft: number } | null;
  /** In the debrief: id of the match's file, `GET /api/matches/<id>`, that anyone can re-simulate; null before. */
  readonly matchFile: string | null;
  /** Told to the host alone: the bearer token with which a Prometheus may scrape `/metrics/match/<code>`. Never in a URL. */
  readonly scrapeToken: string | null;
}

export interface SeatState {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly host: boolean;
  readonly ready: boolean;
  readonly connected: boolean;
  /** A bot plays this seat now. */
  readonly bot: boolean;
}

/** Given to a client once when it sits down; it keeps the token to come back to the same seat. Never in a URL. */
export interface SeatTicket {
  readonly code: string;
  readonly token: string;
}

/** Names of what the server pushes. */
export interface Pushes {
  ticket: SeatTicket;
  crew: CrewState;
  /** `{ full: View }` after joining, `{ patch: … }` afterwards. */
  view: { readonly full?: unknown; readonly patch?: unknown };
  debrief: Debrief;
}
