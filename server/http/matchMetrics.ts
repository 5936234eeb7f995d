import { createHash, timingSafeEqual } from "node:crypto";
import { type Request, Router } from "express";
import type { Match } from "../../shared/match/match.ts";
import { parseCode } from "../../shared/wire/code.ts";
import { noSuchRoom, TOO_MANY_GUESSES } from "./api.ts";
import { EXPOSITION, exposition } from "./exposition.ts";

/** A room whose match may be scraped by whoever has its token. */
export interface Scraped {
  readonly token: string;
  /** Null outside a match. */
  readonly match: Match | null;
}

/** What the route may ask of the rest of the server. */
export interface ScrapeSources {
  /** A live room by its code. */
  scraped(code: string): Scraped | undefined;
  /** Counts a wrong code against an address; false when that address has guessed too often. */
  mayGuess(address: string): boolean;
  missed(address: string): void;
}

/**
 * `/metrics/match/<code>` for a Prometheus: the match of a room as its operators know it. Asks for the room's own bearer
 * token, which its host was given when they sat down; it stands in a header, so that no log of addresses has it.
 */
export function matchMetrics({ scraped, mayGuess, missed }: ScrapeSources): Router {
  return Router().get("/metrics/match/:code", async (request, response) => {
    const refuse = (status: number, code: string, sentence: string) => void response.status(status).json({ code, sentence });
    const address = request.socket.remoteAddress ?? "";
    if (!mayGuess(address)) return refuse(429, "tooManyGuesses", TOO_MANY_GUESSES);
    const room = scraped(parseCode(request.params.code) ?? "");
    if (room === undefined) {
      missed(address);
      return refuse(404, "roomNotFound", noSuchRoom(request.params.code));
    }
    if (!isSame(bearerOf(request), room.token)) {
      response.setHeader("WWW-Authenticate", "Bearer");
      return refuse(401, "tokenNeeded", "Only the host's scrape token opens the metrics of a match: send it as Authorization: Bearer.");
    }
    if (room.match === null) return refuse(404, "noMatch", "No match is being played in this room now.");
    response.type(EXPOSITION).send(await exposition(room.match));
  });
}

function bearerOf({ headers: { authorization = "" } }: Request): string {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
}

/** Compares digests, which takes the same time wherever two tokens differ. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
