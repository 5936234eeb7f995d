import { isRefusal } from "../../shared/core/refusal.ts";
import { ROLES, type Role } from "../../shared/match/roles.ts";
import type { JoinOptions, JoinRefusal } from "../../shared/wire/room.ts";
import type { Seat } from "./crew.ts";
import { judgeName } from "./names.ts";
import type { Party } from "./party.ts";

/** Why somebody can't come in; the sentence is theirs to read. */
export interface Rejection {
  readonly rejected: JoinRefusal;
  readonly sentence: string;
}

/** The seat somebody got, and the token they come back with. */
export interface Admission {
  readonly seat: Seat;
  readonly token: string;
}

function reject(rejected: JoinRefusal, sentence: string): Rejection {
  return { rejected, sentence };
}

/** Whether these options would be let in now; changes nothing. */
export function judge(party: Party, options: JoinOptions): Rejection | undefined {
  const { seat: token } = options;
  const own = token === undefined ? undefined : party.crew.seatOfToken(token);
  if (own !== undefined) {
    if (own.sessionId === null || options.takeOver) return undefined;
    return reject("seatTaken", "Your seat is open in another tab. Close it there, or take the seat over here.");
  }
  if (token !== undefined && party.crew.isRemoved(token)) {
    return reject("removed", "The host removed you from this room.");
  }
  const unwanted = judgeName(options.name ?? "");
  if (unwanted !== undefined && isRefusal(unwanted)) return reject("badOptions", unwanted.sentence);
  if (party.locked) return reject("roomLocked", "The host locked this room: ask them to unlock it.");
  if (vacantSeat(party) !== undefined || party.crew.seats.length < party.seatsMax) return undefined;
  return reject("roomFull", `This room is full: ${party.seatsMax} of ${party.seatsMax} seats are taken.`);
}

/**
 * Lets somebody in: to their own seat when they have its token; during a match to a seat that somebody left, with its
 * roles; else to a new seat, which in a match gets the two roles that the fewest hold.
 */
export async function admit(party: Party, options: JoinOptions, sessionId: string): Promise<Admission | Rejection> {
  const rejection = judge(party, options);
  if (rejection !== undefined) return rejection;
  const nowMs = party.house.clock.nowMs();
  const own = options.seat === undefined ? undefined : party.crew.seatOfToken(options.seat);
  if (own !== undefined) party.unseat(own, "takenOver", "Your seat was taken over in another tab.");
  const admission =
    own === undefined ? newcomer(party, options.name ?? "Operator") : { seat: own, token: options.seat! };
  party.crew.connect(admission.seat, sessionId, nowMs);
  if (own === undefined) await party.crewOfMatchChanged();
  if (own === undefined) party.seatsChanged();
  else party.crewChanged();
  return admission;
}

function newcomer(party: Party, name: string): Admission {
  const nowMs = party.house.clock.nowMs();
  const vacant = vacantSeat(party);
  if (vacant !== undefined) return { seat: vacant, token: party.crew.takeOver(vacant, name, nowMs) };
  const admission = party.crew.sit(name, nowMs);
  if (party.keepsSeats) admission.seat.roles = rarestRoles(party);
  return admission;
}

function vacantSeat(party: Party): Seat | undefined {
  return party.crew.seats.find((seat) => seat.vacant && seat !== party.crew.kicked?.seat);
}

function rarestRoles(party: Party): Role[] {
  const holders = (role: Role): number => party.crew.seats.filter((seat) => seat.roles.includes(role)).length;
  return [...ROLES].sort((a, b) => holders(a) - holders(b)).slice(0, 2);
}
