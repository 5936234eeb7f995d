import type { z } from "zod";
import { type Refusal, refusal } from "../../shared/core/refusal.ts";
import { type Answer, type RequestName, Requests } from "../../shared/wire/room.ts";
import type { Seat } from "./crew.ts";
import { judgeName } from "./names.ts";
import type { Party } from "./party.ts";

type Verdict = Refusal | undefined | Promise<Refusal | undefined>;
type Act<Request> = (party: Party, seat: Seat, request: Request) => Verdict;

/** One kind of request: its payload is validated, then it is done or refused. */
type Handle = (party: Party, seat: Seat, payload: unknown) => Verdict;

function anybody<Schema extends z.ZodType>(schema: Schema, act: Act<z.output<Schema>>): Handle {
  return (party, seat, payload) => {
    const parsed = schema.safeParse(payload);
    return parsed.success ? act(party, seat, parsed.data) : notUnderstood(parsed.error);
  };
}

function hostOnly<Schema extends z.ZodType>(schema: Schema, act: Act<z.output<Schema>>): Handle {
  const allowed = anybody(schema, act);
  return (party, seat, payload) =>
    party.crew.host === seat ? allowed(party, seat, payload) : refusal("hostOnly", "Only the host can do that.");
}

function soloOnly<Schema extends z.ZodType>(schema: Schema, act: Act<z.output<Schema>>): Handle {
  const allowed = anybody(schema, act);
  return (party, seat, payload) =>
    party.mode === "solo"
      ? allowed(party, seat, payload)
      : refusal("soloOnly", "Only when you play alone: a shift runs on for everybody.");
}

function lobbyOnly<Request>(act: Act<Request>): Act<Request> {
  return (party, seat, request) =>
    party.phase === "lobby"
      ? act(party, seat, request)
      : refusal("notInLobby", "That is for the lobby, before the match.");
}

function matchOnly<Request>(act: Act<Request>): Act<Request> {
  return (party, seat, request) =>
    party.phase === "match" ? act(party, seat, request) : refusal("noMatch", "No match is running.");
}

/** What every request does. */
const handles: Readonly<Record<RequestName, Handle>> = {
  ready: anybody(Requests.ready, (party, seat, { ready }) => {
    seat.ready = ready;
    party.crewChanged();
    return undefined;
  }),
  rename: anybody(Requests.rename, async (party, seat, { name }) => {
    const unwanted = judgeName(name);
    if (unwanted !== undefined) return unwanted;
    party.crew.rename(seat, name);
    party.crewChanged();
    await party.crewOfMatchChanged();
    return undefined;
  }),
  chooseLevel: hostOnly(
    Requests.chooseLevel,
    lobbyOnly((party, _, { level }) => {
      const chosen = party.house.levels.get(level);
      if (chosen === undefined) return refusal("noSuchLevel", "There is no such level.");
      party.level = chosen;
      party.crewChanged();
      return undefined;
    }),
  ),
  start: hostOnly(Requests.start, (party) => party.start()),
  kick: hostOnly(Requests.kick, async (party, host, { seat: index, undo }) => {
    const verdict = undo ? undoKick(party) : kick(party, host, index);
    if (verdict === undefined) await party.crewOfMatchChanged();
    return verdict;
  }),
  swap: hostOnly(
    Requests.swap,
    lobbyOnly((party, _, { a, b }) => {
      const [first, second] = [party.crew.seats[a], party.crew.seats[b]];
      if (first === undefined || second === undefined) return refusal("noSuchSeat", "Nobody sits there.");
      [first.roles, second.roles] = [second.roles, first.roles];
      party.crewChanged();
      return undefined;
    }),
  ),
  lock: hostOnly(Requests.lock, (party, _, { locked }) => {
    party.locked = locked;
    party.crewChanged();
    return undefined;
  }),
  pause: soloOnly(
    Requests.pause,
    matchOnly((party, _, pace) => void party.live?.setPace(pace)),
  ),
  speed: soloOnly(
    Requests.speed,
    matchOnly((party, _, pace) => void party.live?.setPace(pace)),
  ),
  intent: anybody(
    Requests.intent,
    matchOnly((party, seat, intent) => party.live?.intend(party.crew.seats.indexOf(seat), intent)),
  ),
  again: hostOnly(Requests.again, (party) => party.again()),
  endEarly: hostOnly(
    Requests.endEarly,
    matchOnly((party) => void party.live?.endEarly()),
  ),
};

/** Does what a seated player asks, or says in one sentence why not. Never throws, whatever a client sends. */
export async function answer(
  party: Party,
  seat: Seat,
  { name, payload }: { name: RequestName; payload: unknown },
): Promise<Answer> {
  try {
    const refused = await handles[name](party, seat, payload);
    return refused === undefined ? { ok: true } : { ok: false, code: refused.code, sentence: refused.sentence };
  } catch (error) {
    party.house.report(`Room ${party.code} could not do "${name}": ${String(error)}`);
    return {
      ok: false,
      code: "serverTrouble",
      sentence: "The server could not do that. That is our fault, not yours.",
    };
  }
}

function kick(party: Party, host: Seat, index: number): Refusal | undefined {
  const seat = party.crew.seats[index];
  if (seat === undefined || seat.vacant) return refusal("noSuchSeat", "Nobody sits there.");
  if (seat === host) return refusal("ownSeat", "You can't remove yourself: leave the room instead.");
  party.unseat(seat, "removed", "The host removed you from this room.");
  party.crew.kick(seat, { keep: party.keepsSeats, nowMs: party.house.clock.nowMs() });
  party.seatsChanged();
  return undefined;
}

function undoKick(party: Party): Refusal | undefined {
  if (!party.crew.undoKick(party.house.clock.nowMs())) return refusal("tooLate", "It is too late to bring them back.");
  party.seatsChanged();
  return undefined;
}

function notUnderstood(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const where = issue?.path.join(".") ?? "";
  return refusal(
    "badRequest",
    where === "name" ? issue!.message : `That was not understood (${where || "payload"}: ${issue?.message}).`,
  );
}
