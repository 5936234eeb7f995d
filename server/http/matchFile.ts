import type { MatchFile } from "../../shared/wire/matchFile.ts";
import type { FinishedMatch } from "../storage/storage.ts";

/** A finished match as the file that anyone can play again. */
export function matchFileOf({ match, log, result }: FinishedMatch): MatchFile {
  return {
    format: "split-brain-match/1",
    simVersion: match.simVersion,
    level: { id: match.levelId, version: match.levelVersion },
    seed: match.seed,
    crew: match.crew.map(({ name, roles }) => ({ name, roles: [...roles] })),
    ticks: result.ticks,
    log: [...log],
    marks: [...result.marks],
    hash: result.stateHash,
    score: result.score,
  };
}
