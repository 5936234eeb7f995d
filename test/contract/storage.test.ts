import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "../../server/storage/sqlite.ts";
import type { MatchRecord, MatchResult, Storage, StoredSeat } from "../../server/storage/storage.ts";
import { isRefusal, type Refusal } from "../../shared/core/refusal.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";

const match: MatchRecord = {
  id: "5f9c",
  code: "KELP-472",
  mode: "shift",
  levelId: "split-brain",
  levelVersion: 1,
  seed: "tide",
  crew: [
    { name: "Ana", roles: ["lead", "data"] },
    { name: "Bo", roles: ["traffic", "infra"] },
  ],
  simVersion: 1,
  startedAtMs: 1_790_000_000_123,
};
const seats: StoredSeat[] = [
  { operator: 0, tokenHash: "aa", host: true },
  { operator: 1, tokenHash: "bb", host: false },
];
const log: LoggedIntent[] = [
  { tick: 7, operator: 0, intent: { verb: "fence", node: "oak", fenced: true } },
  { tick: 7, operator: 1, intent: { verb: "drain", node: "elm", drained: true } },
  { tick: 90, operator: 0, intent: { verb: "fence", node: "oak", fenced: false } },
];
const result: MatchResult = {
  ticks: 6_000,
  score: 941.25,
  stars: 2,
  stateHash: "9f3a77c1",
  marks: [{ tick: 200, hash: "51c0ffee" }],
  counts: { served: 990, late: 4, refused: 3, unknown: 2, wrong: 1 },
  endedAtMs: 1_790_000_300_123,
};

function opened(storage: Storage | Refusal): Storage {
  if (isRefusal(storage)) throw new Error(storage.sentence);
  return storage;
}

async function writeLog(storage: Storage): Promise<void> {
  for (const [ordinal, intent] of log.entries()) await storage.appendIntent(match.id, ordinal, intent);
}

/** Every kind of storage, by how a fresh one is opened in an empty folder. */
const storages: Record<string, (folder: string) => Promise<Storage | Refusal>> = {
  "SQLite in a file": (folder) => openSqlite(join(folder, "split-brain.db")),
  "SQLite in memory": () => openSqlite(":memory:"),
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "split-brain-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe.each(Object.entries(storages))("%s keeps the storage contract:", (_, open) => {
  let storage: Storage;
  beforeEach(async () => {
    storage = opened(await open(folder));
  });
  afterEach(() => storage.close());

  test("a match that began and did not end is unfinished, with its seats, its log in order and how far it came", async () => {
    await storage.beginMatch(match, seats);
    await writeLog(storage);
    await storage.noteProgress(match.id, 95);
    expect(await storage.unfinishedMatches()).toEqual([{ match, seats, log, progressTick: 95 }]);
    expect(await storage.finishedMatch(match.id)).toBeUndefined();
  });

  test("a finished match can be read back whole, and is no longer unfinished", async () => {
    await storage.beginMatch(match, seats);
    await writeLog(storage);
    await storage.finishMatch(match.id, result);
    expect(await storage.finishedMatch(match.id)).toEqual({ match, log, result });
    expect(await storage.unfinishedMatches()).toEqual([]);
  });

  test("an abandoned match is neither unfinished nor finished", async () => {
    await storage.beginMatch(match, seats);
    await storage.abandonMatch(match.id);
    expect(await storage.unfinishedMatches()).toEqual([]);
    expect(await storage.finishedMatch(match.id)).toBeUndefined();
  });

  test("a seat that changes hands replaces the one before", async () => {
    await storage.beginMatch(match, seats);
    const crew = [...match.crew, { name: "Cy", roles: ["infra"] as const }];
    const changed = [...seats.slice(0, 1), { operator: 2, tokenHash: "cc", host: false }];
    await storage.changeCrew(match.id, crew, changed);
    const [unfinished] = await storage.unfinishedMatches();
    expect(unfinished?.match.crew).toEqual(crew);
    expect(unfinished?.seats).toEqual(changed);
  });

  test("the same place in the log is never written twice", async () => {
    await storage.beginMatch(match, seats);
    await storage.appendIntent(match.id, 0, log[0]!);
    await expect(storage.appendIntent(match.id, 0, log[1]!)).rejects.toThrow();
    expect((await storage.unfinishedMatches())[0]?.log).toEqual(log.slice(0, 1));
  });

  test("an intent of a match that never began is not taken", async () => {
    await expect(storage.appendIntent("nobody", 0, log[0]!)).rejects.toThrow();
  });

  test("a match ends once", async () => {
    await storage.beginMatch(match, seats);
    await storage.finishMatch(match.id, result);
    await expect(storage.finishMatch(match.id, { ...result, score: 1_000 })).rejects.toThrow();
    expect((await storage.finishedMatch(match.id))?.result.score).toBe(941.25);
  });
});

describe("a SQLite file", () => {
  const path = (): string => join(folder, "split-brain.db");

  test("holds an intent as soon as appendIntent has resolved: a copy of the files taken then has it", async () => {
    const storage = opened(await openSqlite(path()));
    await storage.beginMatch(match, seats);
    await storage.appendIntent(match.id, 0, log[0]!);
    const copy = join(folder, "copy.db");
    await copyFile(path(), copy);
    await copyFile(`${path()}-wal`, `${copy}-wal`);
    await storage.close();
    const revived = opened(await openSqlite(copy));
    expect((await revived.unfinishedMatches())[0]?.log).toEqual(log.slice(0, 1));
    await revived.close();
  });

  test("keeps what was written when it is opened again", async () => {
    const first = opened(await openSqlite(path()));
    await first.beginMatch(match, seats);
    await first.close();
    const second = opened(await openSqlite(path()));
    expect(await second.unfinishedMatches()).toHaveLength(1);
    await second.close();
  });

  test("serves one server at a time: the second is told so in a sentence", async () => {
    const first = opened(await openSqlite(path()));
    const second = await openSqlite(path());
    expect(second).toMatchObject({
      code: "databaseUnusable",
      sentence: expect.stringContaining("Another Split Brain"),
    });
    await first.close();
  });

  test("that is no database is refused with its path and the reason, and left as it is", async () => {
    await writeFile(path(), "a shopping list, long enough to be no header of a database");
    const storage = await openSqlite(path());
    expect(storage).toMatchObject({ sentence: expect.stringContaining(path()) });
    expect(await readFile(path(), "utf8")).toContain("shopping list");
  });
});
