import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MatchFile } from "../../shared/wire/matchFile.ts";
import { Replay } from "../../shared/match/replay.ts";
import { openSqlite } from "../../server/storage/sqlite.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { Match, SIM_VERSION } from "../../shared/match/match.ts";
import { CloseCodes, JoinRefusals } from "../../shared/wire/room.ts";
import { stage } from "./stage.ts";

const on = stage();
const ping = { verb: "ping", at: "n0", word: "look" } as const;

/** The server is gone without a word: the files as they were, and none of what only memory held. */
async function crash(): Promise<void> {
  const saved = await mkdtemp(join(tmpdir(), "split-brain-"));
  await cp(on.folder, saved, { recursive: true });
  await on.app.close();
  await cp(saved, on.folder, { recursive: true });
  await rm(saved, { recursive: true });
}

describe("a clean shutdown", () => {
  test("tells everybody in a sentence, and lets go of port and database", async () => {
    const [ana, bo] = await on.shift();
    const { port } = on.app;
    await on.app.close();
    await Promise.all([ana, bo].map((one) => one.until(({ ending }) => ending !== null)));
    expect(ana.ending!.code).toBe(CloseCodes.serverClosing);
    expect(ana.ending!.sentence).toContain("The server is closing");
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    await on.start();
    expect(on.app.port).toBeGreaterThan(0);
  });

  test("leaves a running match to be played on under the same code, from the same tick", async () => {
    const [ana, bo] = await on.shift();
    await bo.ask("intent", ping);
    await on.clock.wind(7_150);
    await on.app.close();
    await on.start();
    const back = await on.join(ana.crew.code, { seat: bo.ticket!.token });
    await back.until(({ view }) => view !== null);
    expect(back.crew).toMatchObject({ code: ana.crew.code, phase: "match", you: 1 });
    expect(back.me).toMatchObject({ name: "Bo", roles: ["traffic", "infra"] });
    expect(back.view!.clockMs).toBe(7_150);
  });
});

describe("after a crash", () => {
  test("everybody is back in seat and role, and no acknowledged intent is lost", async () => {
    const [ana, bo] = await on.shift();
    await on.clock.wind(3_400);
    expect(await bo.ask("intent", ping)).toEqual({ ok: true });
    await crash();
    await on.start();
    const notice = await (await fetch(`http://127.0.0.1:${on.app.port}/api/rooms/${ana.crew.code}`)).json();
    expect(notice).toMatchObject({ code: ana.crew.code, phase: "match", seats: 2 });
    const [anaBack, boBack] = await Promise.all(
      [ana, bo].map(({ ticket }) => on.join(ticket!.code, { seat: ticket!.token, takeOver: true })),
    );
    expect([anaBack!.me, boBack!.me]).toMatchObject([
      { name: "Ana", host: true },
      { name: "Bo", host: false },
    ]);
    await boBack!.until(({ view }) => view !== null);
    expect(boBack!.view!.clockMs).toBeGreaterThanOrEqual(3_400);
    await anaBack!.ask("endEarly");
    await boBack!.until(({ debrief }) => debrief !== null);
    const url = `http://127.0.0.1:${on.app.port}/api/matches/${boBack!.crew.matchFile}`;
    const file = (await (await fetch(url)).json()) as { log: unknown[] };
    expect(file.log).toContainEqual({ tick: 68, operator: 1, intent: ping });
  });

  test("the match that goes on is the match that was: played through, it comes to the same state as without the crash", async () => {
    const [, bo] = await on.shift();
    await on.clock.wind(2_000);
    await bo.ask("intent", ping);
    await on.clock.wind(1_000);
    await crash();
    await on.start();
    const back = await on.join(bo.ticket!.code, { seat: bo.ticket!.token });
    await back.until(({ view }) => view !== null);
    await on.clock.wind(back.view!.lastsMs);
    await back.until(({ debrief }) => debrief !== null);
    const url = `http://127.0.0.1:${on.app.port}/api/matches/${back.crew.matchFile}`;
    const file = (await (await fetch(url)).json()) as MatchFile;
    const straight = new Replay(new Match(on.levels.get(on.level)!, "tide", back.crew.seats), file.log).run(file.ticks);
    expect(straight.stateHash()).toBe(file.hash);
  });

  test("only the holder of a seat comes back to it: the code alone makes a newcomer", async () => {
    const [ana] = await on.shift();
    await crash();
    await on.start();
    const stranger = await on.join(ana.crew.code, { name: "Mallory" });
    expect(stranger.me).toMatchObject({ name: "Mallory", host: false });
    expect(stranger.crew.seats).toHaveLength(3);
  });

  test("the room waits ten minutes for its first player, then the match is given up", async () => {
    const [ana] = await on.shift();
    await crash();
    await on.start();
    await on.clock.wind(601_000);
    await expect(on.join(ana.crew.code, { seat: ana.ticket!.token })).rejects.toMatchObject({
      code: JoinRefusals.roomNotFound,
    });
  });

  test("a match of other rules or of a changed level is given up, not played on wrongly", async () => {
    await on.app.close();
    const storage = await openSqlite(on.database);
    if (isRefusal(storage)) throw new Error(storage.sentence);
    const level = on.levels.get(on.level)!;
    const crew = [{ name: "Ana", roles: ["lead"] as const }];
    const match = { mode: "shift" as const, levelId: level.id, seed: "tide", crew, startedAtMs: 0 };
    const older = { ...match, id: "1", code: "KELP-001", levelVersion: level.version, simVersion: SIM_VERSION - 1 };
    const changed = { ...match, id: "2", code: "KELP-002", levelVersion: level.version + 1, simVersion: SIM_VERSION };
    await storage.beginMatch(older, []);
    await storage.beginMatch(changed, []);
    await storage.close();
    await on.start();
    await expect(on.join("KELP-001")).rejects.toMatchObject({ code: JoinRefusals.roomNotFound });
    await expect(on.join("KELP-002")).rejects.toMatchObject({ code: JoinRefusals.roomNotFound });
  });
});
