import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { stage } from "./stage.ts";

const on = stage();
const scrape = (code: string, token?: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${on.app.port}/metrics/match/${code}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
if (!hasPromtool) process.stderr.write("Skipped: there is no promtool here, so nobody checks the text of the metrics.\n");

describe("the metrics of a live match", () => {
  test("are for whoever has the host's token, and say in a sentence what is missing", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    const token = ana.crew.scrapeToken!;
    expect(bo.crew.scrapeToken).toBeNull();
    expect(token).not.toBe(ana.ticket!.token);
    for (const wrong of [undefined, "", ana.ticket!.token]) expect((await scrape(ana.crew.code, wrong)).status).toBe(401);
    expect((await scrape("KELP-000", token)).status).toBe(404);
    expect((await scrape(ana.crew.code, token)).status).toBe(404);
    await on.play(ana, bo);
    expect((await scrape(ana.crew.code, token)).status).toBe(200);
  });

  test("open to the next host too, who is told the token as soon as the first one has left", async () => {
    const ana = await on.host();
    const bo = await on.join(ana.crew.code);
    const token = ana.crew.scrapeToken;
    await ana.room.leave(true);
    await bo.until(({ crew }) => crew.scrapeToken !== null);
    expect(bo.crew.scrapeToken).toBe(token);
  });

  test("agree with what the player is shown after three minutes, clients' operations and buckets alike", async () => {
    const solo = await on.solo({ level: "04-two-lamps" });
    await solo.until(({ view }) => view !== null);
    await on.clock.wind(180_000);
    const text = await (await scrape(solo.crew.code, solo.crew.scrapeToken!)).text();
    const seconds = Number(/^split_brain_virtual_seconds (\S+)$/m.exec(text)![1]);
    expect(seconds).toBeGreaterThan(170);
    const { view } = await solo.until((player) => player.view!.clockMs === seconds * 1_000);
    for (const bucket of ["served", "late", "refused", "unknown", "wrong"] as const) {
      const booked = [...text.matchAll(new RegExp(`^split_brain_booked_operations\\{.*bucket="${bucket}"\\} (\\d+)$`, "gm"))];
      expect(booked.reduce((sum, [, count]) => sum + Number(count), 0), bucket).toBe(view!.gauges[bucket]);
    }
  });

  test.skipIf(!hasPromtool)("are text that promtool accepts", async () => {
    const solo = await on.solo();
    await solo.until(({ view }) => view !== null);
    await on.clock.wind(10_000);
    const input = await (await scrape(solo.crew.code, solo.crew.scrapeToken!)).text();
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
