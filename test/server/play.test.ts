import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MatchFile } from "../../shared/wire/matchFile.ts";
import { Replay } from "../../shared/match/replay.ts";
import { openSqlite } from "../../server/storage/sqlite.ts";
import type { Storage } from "../../server/storage/storage.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { Match } from "../../shared/match/match.ts";
import { stage } from "./stage.ts";

const on = stage();
const ping = { verb: "ping", at: "n0", word: "look" } as const;

/** What a power cut now would leave: the database's files, copied while the server has them open, opened elsewhere. */
async function onDisk<Found>(look: (storage: Storage) => Promise<Found>): Promise<Found> {
  const copy = join(on.folder, "after-power-cut.db");
  await copyFile(on.database, copy);
  await copyFile(`${on.database}-wal`, `${copy}-wal`);
  const storage = await openSqlite(copy);
  if (isRefusal(storage)) throw new Error(storage.sentence);
  const found = await look(storage);
  await storage.close();
  return found;
}

describe("a match", () => {
  test("runs on the clock, twenty ticks a second, and shows each operator what changed", async () => {
    const [ana, bo] = await on.shift();
    await on.clock.wind(10_000);
    await ana.until(({ view }) => view!.clockMs >= 10_000);
    await bo.until(({ view }) => view!.clockMs >= 10_000);
    expect(ana.view!.clockMs).toBeLessThanOrEqual(10_100);
    expect([ana.view!.you, bo.view!.you]).toEqual([0, 1]);
  });

  test("has an intent on disk before its operator hears that it was taken", async () => {
    const [, bo] = await on.shift();
    expect(await bo.ask("intent", ping)).toEqual({ ok: true });
    const [unfinished] = await onDisk((storage) => storage.unfinishedMatches());
    expect(unfinished?.log.filter(({ operator }) => operator === 1)).toMatchObject([{ operator: 1, intent: ping }]);
  });

  test("lets an operator wait for the disk, and nobody else: the match runs on meanwhile", async () => {
    const [ana, bo] = await on.shift();
    const reached = on.disk.hold();
    let answered = false;
    const answer = bo.ask("intent", ping).finally(() => (answered = true));
    await reached;
    await on.clock.wind(1_000);
    await ana.until(({ view }) => view!.clockMs >= 1_000);
    expect(await bo.ask("ready", { ready: true })).toEqual({ ok: true });
    expect(answered).toBe(false);
    on.disk.release();
    expect(await answer).toEqual({ ok: true });
  });

  test("acknowledges nothing that could not be written down, goes on, and offers no file that would not replay", async () => {
    const [ana, bo] = await on.shift();
    on.disk.fail();
    expect(await bo.ask("intent", ping)).toMatchObject({ ok: false, code: "notRecorded" });
    await on.clock.wind(1_000);
    await ana.ask("endEarly");
    await bo.until(({ debrief }) => debrief !== null);
    expect(on.troubles).toEqual([expect.stringMatching(/^Match .+ could not be written down: Error: disk full$/)]);
    expect((await fetch(`http://127.0.0.1:${on.app.port}/api/matches/${bo.crew.matchFile}`)).status).toBe(404);
  });

  test("keeps nobody's seat token on disk, nor in what is shared", async () => {
    const [ana, bo] = await on.shift();
    const files = await Promise.all([on.database, `${on.database}-wal`].map((file) => readFile(file, "latin1")));
    for (const { ticket } of [ana, bo]) {
      for (const file of files) expect(file).not.toContain(ticket!.token);
    }
    expect(JSON.stringify([ana.crew, ana.view])).not.toContain(bo.ticket!.token);
  });

  test("ends with a debrief for everybody and a file that replays to the same hash", async () => {
    const [ana, bo] = await on.shift();
    await bo.ask("intent", ping);
    await on.clock.wind(ana.view!.lastsMs + 1_000);
    await Promise.all(
      [ana, bo].map((one) => one.until(({ debrief, crew }) => debrief !== null && crew.phase === "debrief")),
    );
    expect(ana.debrief).toEqual(bo.debrief);
    expect(ana.view!.phase).toBe("ended");
    const response = await fetch(`http://127.0.0.1:${on.app.port}/api/matches/${ana.crew.matchFile}`);
    const file = MatchFile.parse(await response.json());
    expect(file).toMatchObject({ seed: "tide", score: ana.debrief!.score, hash: ana.debrief!.stateHash });
    const again = new Replay(new Match(on.levels.get(file.level.id)!, file.seed, file.crew), file.log).run(file.ticks);
    expect(again.stateHash()).toBe(file.hash);
    expect([again.marks.length > 4, again.marks]).toEqual([true, file.marks]);
  });

  test("can be ended early by the host, and keeps its score", async () => {
    const [ana, bo] = await on.shift();
    await on.clock.wind(5_000);
    expect(await bo.ask("endEarly")).toMatchObject({ ok: false, code: "hostOnly" });
    expect(await ana.ask("endEarly")).toEqual({ ok: true });
    await bo.until(({ debrief }) => debrief !== null);
    const response = await fetch(`http://127.0.0.1:${on.app.port}/api/matches/${bo.crew.matchFile}`);
    expect(await response.json()).toMatchObject({ ticks: 100, score: bo.debrief!.score });
    expect(await bo.ask("intent", ping)).toMatchObject({ ok: false, code: "noMatch" });
  });

  test("goes on without its host, who keeps the seat", async () => {
    const [ana, bo] = await on.shift();
    await ana.drop();
    await bo.until(({ crew }) => crew.seats[0]?.connected === false);
    await on.clock.wind(25_000);
    await bo.until(({ me, view }) => me.host && view!.clockMs >= 25_000);
    const back = await on.join(bo.crew.code, { seat: ana.ticket!.token });
    expect(back.me).toMatchObject({ name: "Ana", roles: ["lead", "data"], host: false });
  });

  test("can be played again in the same room with the same people and codes, who need not rejoin", async () => {
    const [ana, bo] = await on.shift();
    await ana.ask("endEarly");
    await bo.until(({ crew }) => crew.phase === "debrief");
    expect(await bo.ask("again")).toMatchObject({ ok: false, code: "hostOnly" });
    const first = bo.crew.matchFile;
    expect(await ana.ask("again")).toEqual({ ok: true });
    await bo.until(({ crew }) => crew.phase === "lobby");
    await on.play(ana, bo);
    await on.clock.wind(1_000);
    await bo.until(({ view }) => view!.phase === "running" && view!.clockMs <= 1_000);
    await ana.ask("endEarly");
    await bo.until(({ crew }) => crew.phase === "debrief");
    expect(bo.crew.matchFile).not.toBe(first);
    expect(bo.crew.seats.map(({ name }) => name)).toEqual(["Ana", "Bo"]);
  });
});

describe("alone", () => {
  test("the match runs at once, with every role in one hand", async () => {
    const ana = await on.solo();
    await ana.until(({ crew, view }) => crew.phase === "match" && view !== null);
    expect(ana.me.roles).toHaveLength(4);
  });

  test("time can stand still and run faster", async () => {
    const ana = await on.solo();
    await ana.until(({ view }) => view !== null);
    await on.clock.wind(1_000);
    expect(await ana.ask("pause", { paused: true })).toEqual({ ok: true });
    await ana.until(({ view }) => view!.phase === "paused");
    await on.clock.wind(60_000);
    expect(await ana.ask("speed", { speed: 4 })).toEqual({ ok: true });
    await ana.until(({ view }) => view!.speed === 4);
    expect(ana.view!.clockMs).toBe(1_000);
    await ana.ask("pause", { paused: false });
    await on.clock.wind(2_000);
    await ana.until(({ view }) => view!.clockMs === 9_000);
  });

  test("time can't be bent in a shift", async () => {
    const [ana] = await on.shift();
    expect(await ana.ask("pause", { paused: true })).toMatchObject({ ok: false, code: "soloOnly" });
    expect(await ana.ask("speed", { speed: 4 })).toMatchObject({ ok: false, code: "soloOnly" });
  });

  test("nobody else finds a seat", async () => {
    const ana = await on.solo();
    await expect(on.join(ana.crew.code)).rejects.toThrow("This room is full");
  });
});
