import type { CloseCodes, JoinRefusals } from "../../shared/wire/room.ts";

/**
 * Why a socket was closed and why a join was refused: the numbers of `shared/wire/room.ts`, which can't be loaded here
 * because it brings the validator along. The compiler holds the two against each other, number by number.
 */
export const CLOSED = {
  serverClosing: 4001,
  removed: 4101,
  takenOver: 4102,
  tooFast: 4103,
  roomClosed: 4104,
} as const satisfies typeof CloseCodes;

/** See `CLOSED`. */
export const REFUSED = {
  badOptions: 400,
  foreignOrigin: 403,
  removed: 410,
  roomNotFound: 404,
  seatTaken: 409,
  roomFull: 422,
  roomLocked: 423,
  tooManyGuesses: 429,
  closing: 503,
  serverFull: 507,
} as const satisfies typeof JoinRefusals;

const FINAL_CLOSES: readonly number[] = [CLOSED.removed, CLOSED.takenOver, CLOSED.tooFast, CLOSED.roomClosed];
const PASSING_REFUSALS: readonly number[] = [REFUSED.tooManyGuesses, REFUSED.closing, REFUSED.serverFull];

/** Whether a closed socket stays closed; any other close means: come back to the seat. */
export function isFinalClose(code: number): boolean {
  return FINAL_CLOSES.includes(code);
}

/** Whether trying again with the same seat is pointless; a server that is away or full for a moment is worth trying. */
export function isFinalRefusal(code: number): boolean {
  return Object.values(REFUSED).some((known) => known === code) && !PASSING_REFUSALS.includes(code);
}

/** Whether the room itself is no more, so that its ticket can be thrown away. */
export function isGone(code: number): boolean {
  return code === CLOSED.roomClosed || code === REFUSED.roomNotFound;
}

/** Somebody, most likely the same person, has the seat open elsewhere. */
export function isOpenElsewhere(code: number): boolean {
  return code === CLOSED.takenOver || code === REFUSED.seatTaken;
}
