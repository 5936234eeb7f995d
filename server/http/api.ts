import { Router } from "express";
import type { LevelCard } from "../../shared/match/view.ts";
import { parseCode } from "../../shared/wire/code.ts";
import type { Storage } from "../storage/storage.ts";
import { matchFileOf } from "./matchFile.ts";

/** What the API may ask of the rest of the server. */
export interface ApiSources {
  readonly levels: readonly LevelCard[];
  /** The text of a level's file, as it was read at the start. */
  levelText(id: string): string | undefined;
  readonly storage: Storage;
  /** What a page may know of a live room before it joins. */
  room(code: string): object | undefined;
  /** Counts a wrong code against an address; false when that address has guessed too often. */
  mayGuess(address: string): boolean;
  missed(address: string): void;
}

/** `/healthz` and `/api`: JSON for the page, for programs and for whoever watches over the server. */
export function api({ levels, levelText, storage, room, mayGuess, missed }: ApiSources): Router {
  const router = Router();
  router.get("/healthz", (_, response) => void response.json({ ok: true }));
  router.get("/api/levels", (_, response) => void response.json(levels));
  router.get("/api/levels/:id/file", ({ params: { id } }, response) => {
    const text = levelText(id);
    if (text === undefined) response.status(404).json({ code: "levelNotFound", sentence: noSuchLevel(id) });
    else response.type("text/yaml").send(text);
  });
  router.get("/api/rooms/:code", (request, response) => {
    const address = request.socket.remoteAddress ?? "";
    if (!mayGuess(address)) {
      response.status(429).json({ code: "tooManyGuesses", sentence: TOO_MANY_GUESSES });
      return;
    }
    const found = room(parseCode(request.params.code) ?? "");
    if (found === undefined) {
      missed(address);
      response.status(404).json({ code: "roomNotFound", sentence: noSuchRoom(request.params.code) });
    } else {
      response.json(found);
    }
  });
  router.get("/api/matches/:id", async (request, response) => {
    const finished = await storage.finishedMatch(request.params.id);
    if (finished === undefined) {
      response.status(404).json({ code: "matchNotFound", sentence: "There is no finished match with this id." });
      return;
    }
    const name = `${finished.match.levelId}-${finished.match.code}.json`.toLowerCase();
    response.attachment(name).json(matchFileOf(finished));
  });
  router.all("/api/*rest", (_, response) => {
    response.status(404).json({ code: "notFound", sentence: "There is nothing at this address." });
  });
  return router;
}

export const TOO_MANY_GUESSES = "Too many wrong codes from here: wait a minute, then ask the host for the right one.";

function noSuchLevel(id: string): string {
  return `This server has no level "${id.slice(0, 40)}".`;
}

/** The sentence for a code that no room has. */
export function noSuchRoom(code: string): string {
  return `There is no room ${code.slice(0, 12).toUpperCase()}: check the four letters and the three digits with the host.`;
}
