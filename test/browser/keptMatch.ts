import type { Storage } from "../../server/storage/storage.ts";
import type { MatchFile } from "../../shared/wire/matchFile.ts";

/** Keeps a match in a server's storage, as if it had been played there, on a level and under an id. */
export async function keepMatch(
  storage: Storage,
  file: MatchFile,
  { id, levelId }: { readonly id: string; readonly levelId: string },
): Promise<void> {
  const { level, seed, crew, simVersion, ticks, score, hash, marks, log } = file;
  const base = { id, code: "KELP-123", mode: "solo" as const, seed, crew, simVersion, startedAtMs: 0 };
  await storage.beginMatch({ ...base, levelId, levelVersion: level.version }, []);
  for (const [ordinal, intent] of log.entries()) await storage.appendIntent(id, ordinal, intent);
  const counts = { served: 0, late: 0, refused: 0, unknown: 0, wrong: 0 };
  await storage.finishMatch(id, { ticks, score, stars: 0, stateHash: hash, marks, counts, endedAtMs: 0 });
}
