import { levelCard } from "../../shared/match/levelCard.ts";
import type { CrewState, SeatState } from "../../shared/wire/room.ts";
import type { Party } from "./party.ts";

/** The room as everybody in it sees it; `you` and the scrape token are left to whom it is sent. */
export function crewState(party: Party): Omit<CrewState, "you" | "scrapeToken"> {
  const { crew, live, house } = party;
  const seats = crew.seats.map<SeatState>((seat) => ({
    name: seat.name,
    roles: seat.roles,
    host: seat === crew.host,
    ready: seat.ready,
    connected: seat.sessionId !== null,
    bot: seat.bot,
  }));
  const kicked = crew.kicked && {
    seat: crew.kicked.at,
    name: crew.kicked.seat.name,
    secondsLeft: Math.ceil((crew.kicked.untilMs - house.clock.nowMs()) / 1_000),
  };
  return {
    code: party.code,
    mode: party.mode,
    phase: party.phase,
    countdown: party.countdown.seconds,
    locked: party.locked,
    level: levelCard(party.level),
    seats,
    kicked,
    matchFile: party.phase === "debrief" ? (live?.id ?? null) : null,
  };
}
