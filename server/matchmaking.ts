import { matchMaker } from "colyseus";
import express, { type ErrorRequestHandler, type Request, type Response, Router } from "express";
import { parseCode } from "../shared/wire/code.ts";
import { JoinOptions, type JoinRefusal, JoinRefusals } from "../shared/wire/room.ts";
import type { Guesses } from "./guesses.ts";
import { noSuchRoom, TOO_MANY_GUESSES } from "./http/api.ts";
import { isSameOrigin } from "./http/sameOrigin.ts";
import type { House } from "./rooms/house.ts";
import { MODES } from "./rooms/mode.ts";
import { liveRoom, load } from "./rooms/rooms.ts";

/** Rooms of one process; above it newcomers are asked to wait. */
const ROOMS_MAX = 1_000;

/**
 * Where the SDK asks for a seat: `POST /matchmake/create/<mode>` and `POST /matchmake/joinById/<code>`. Colyseus' own
 * routes answer any origin, take bodies of any size and know five more ways in; these know two, and say in a sentence
 * why not.
 */
export function matchmaking(house: House, guesses: Guesses): Router {
  const router = Router();
  router.use("/matchmake", express.json({ limit: "4kb", type: () => true }));
  router.post("/matchmake/create/:mode", (request, response) =>
    admitted(request, response, (options) => create(house, request, options)),
  );
  router.post("/matchmake/joinById/:code", (request, response) =>
    admitted(request, response, (options) => join(guesses, request, options, (code) => wake(house, code))),
  );
  router.use("/matchmake", (_, response) => refuse(response, "badOptions", "There is no such way into a room."));
  router.use("/matchmake", notUnderstood);
  return router;
}

/** A refusal to the person who wants in, on its way through the SDK. */
class Refused extends Error {
  readonly refusal: JoinRefusal;

  constructor(refusal: JoinRefusal, sentence: string) {
    super(sentence);
    this.refusal = refusal;
  }
}

async function admitted(
  request: Request,
  response: Response,
  enter: (options: JoinOptions) => Promise<object>,
): Promise<void> {
  try {
    if (!isSameOrigin(request)) throw new Refused("foreignOrigin", "This page belongs to another server.");
    const options = JoinOptions.safeParse(request.body ?? {});
    if (!options.success) throw new Refused("badOptions", options.error.issues[0]!.message);
    if (matchMaker.state === matchMaker.MatchMakerState.SHUTTING_DOWN)
      throw new Refused("closing", "The server is closing.");
    response.json(await enter(options.data));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuse(response, error.refusal, error.message);
  }
}

function create(house: House, { params: { mode } }: Request, options: JoinOptions): Promise<object> {
  if (!MODES.some((known) => known === mode)) throw new Refused("badOptions", "There is no such kind of room.");
  if (options.level !== undefined && !house.levels.has(options.level))
    throw new Refused("badOptions", "There is no such level.");
  if (load().rooms >= ROOMS_MAX)
    throw new Refused("serverFull", "This server has no room left: try again in a few minutes.");
  return matchMaker.create(String(mode), options);
}

async function join(
  guesses: Guesses,
  request: Request,
  options: JoinOptions,
  wakeRoom: (code: string) => Promise<void>,
): Promise<object> {
  const address = request.socket.remoteAddress ?? "";
  const given = String(request.params["code"]);
  if (!guesses.mayGuess(address)) throw new Refused("tooManyGuesses", TOO_MANY_GUESSES);
  const code = parseCode(given) ?? "";
  await wakeRoom(code);
  const room = liveRoom(code);
  if (room === undefined) {
    guesses.missed(address);
    throw new Refused("roomNotFound", noSuchRoom(given));
  }
  const rejection = room.judge(options);
  if (rejection !== undefined) throw new Refused(rejection.rejected, rejection.sentence);
  return matchMaker.joinById(code, options).catch(() => {
    throw new Refused("roomNotFound", noSuchRoom(given));
  });
}

/** Makes a room again whose match an earlier run of the server left unfinished; one that can't be is given up. */
async function wake({ restorations, storage, report }: House, code: string): Promise<void> {
  await restorations.once(code, async ({ match }) => {
    try {
      await matchMaker.handleCreateRoom(match.mode, {}, undefined, code);
    } catch (error) {
      report(`The match of room ${code} could not be brought back, so it was given up: ${String(error)}`);
      await storage.abandonMatch(match.id);
    }
  });
}

function refuse(response: Response, refusal: JoinRefusal, sentence: string): void {
  const code = JoinRefusals[refusal];
  response.status(code).json({ code, error: sentence });
}

/** A body that is too large or no JSON. */
const notUnderstood: ErrorRequestHandler = (error: { status?: number }, _request, response, next) => {
  if (error.status === undefined || error.status >= 500) return next(error);
  return refuse(response, "badOptions", "That was not understood.");
};
