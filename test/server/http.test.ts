import { mkdir, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../server/app.ts";
import { openSqlite } from "../../server/storage/sqlite.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import { stage } from "./stage.ts";

const on = stage();
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${on.app.port}${path}`, { headers });

describe("the API", () => {
  test("is healthy, and lists the levels in the order of the curriculum", async () => {
    expect(await (await get("/healthz")).json()).toEqual({ ok: true });
    const levels = (await (await get("/api/levels")).json()) as { id: string }[];
    expect(levels.map(({ id }) => id)).toEqual([...on.levels.keys()]);
  });

  test("hands out the file of a level as it was read, and says which level it does not have", async () => {
    const [level] = on.levels.values();
    const file = await get(`/api/levels/${level!.id}/file`);
    expect(file.headers.get("content-type")).toMatch(/^text\/yaml/);
    const again = parseLevel(await file.text(), `levels/${level!.id}.yaml`);
    expect({ ...again, text: level!.text }).toEqual(level);
    const none = await get("/api/levels/17-atlantis/file");
    expect(none.status).toBe(404);
    expect(await none.json()).toMatchObject({ sentence: 'This server has no level "17-atlantis".' });
  });

  test("tells what a room is before one joins, and says which code is wrong", async () => {
    const ana = await on.host();
    const room = await (await get(`/api/rooms/${ana.crew.code.toLowerCase()}`)).json();
    expect(room).toMatchObject({ code: ana.crew.code, mode: "shift", phase: "lobby", seats: 1, locked: false });
    const wrong = await get("/api/rooms/KELP-00");
    expect(wrong.status).toBe(404);
    expect(await wrong.json()).toMatchObject({ sentence: expect.stringContaining("There is no room KELP-00") });
  });

  test("stops a guesser, and not the school behind the same address whose codes are right", async () => {
    const ana = await on.host();
    for (let visit = 0; visit < 200; visit += 1) expect((await get(`/api/rooms/${ana.crew.code}`)).status).toBe(200);
    for (let guess = 0; guess < 60; guess += 1) await get("/api/rooms/KELP-000");
    expect((await get("/api/rooms/KELP-000")).status).toBe(429);
  });

  test("counts rooms and players for whoever watches over the server", async () => {
    const ana = await on.host();
    await on.join(ana.crew.code);
    const metrics = await (await get("/metrics")).text();
    expect(metrics).toMatch(/^split_brain_rooms 1$/m);
    expect(metrics).toMatch(/^split_brain_players 2$/m);
    expect(metrics).not.toContain(ana.crew.code);
  });

  test("knows no match that is not finished, and nothing else", async () => {
    for (const path of ["/api/matches/nobody", "/api/secrets", "/api"])
      expect((await get(path)).status, path).toBe(404);
  });
});

describe("the page", () => {
  const page = "<!doctype html><title>Split Brain</title>".repeat(20);
  beforeEach(async () => {
    const client = join(on.folder, "client");
    await mkdir(join(client, "assets"), { recursive: true });
    for (const [file, text] of Object.entries({ "index.html": page, "assets/main-4f2a.js": "export {};".repeat(50) })) {
      await writeFile(join(client, file), text);
      await writeFile(join(client, `${file}.br`), brotliCompressSync(text));
      await writeFile(join(client, `${file}.gz`), gzipSync(text));
    }
    await on.app.close();
    const storage = await openSqlite(":memory:");
    if (isRefusal(storage)) throw new Error(storage.sentence);
    const { clock, levels } = on;
    on.app = await createApp({ port: 0, host: "127.0.0.1", clock, storage, levels, client, report: () => {} });
  });

  test("may load from its own origin and nowhere else, over plain HTTP too", async () => {
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${on.app.port} wss://127.0.0.1:${on.app.port}`);
    expect(policy).not.toMatch(/unsafe|https?:|\*|upgrade-insecure/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  });

  test("keeps files with a hash in their name for ever, and asks for the page itself each time", async () => {
    expect((await get("/assets/main-4f2a.js")).headers.get("cache-control")).toBe(
      "public, max-age=31536000, immutable",
    );
    expect((await get("/")).headers.get("cache-control")).toBe("no-cache");
    expect((await get("/?join=KELP-472")).status).toBe(200);
    expect((await get("/nowhere")).status).toBe(404);
  });

  test("goes over the wire in the smallest form that the browser reads, under its own type", async () => {
    for (const [accepted, sent] of [
      ["br, gzip", "br"],
      ["gzip", "gzip"],
      ["identity", undefined],
    ] as const) {
      const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
        const options = { port: on.app.port, host: "127.0.0.1", path: "/assets/main-4f2a.js" };
        request({ ...options, headers: { "Accept-Encoding": accepted } }, (response) => {
          response.resume();
          resolve(response.headers);
        })
          .on("error", reject)
          .end();
      });
      expect(headers["content-encoding"]).toBe(sent);
      expect(headers["content-type"]).toContain("javascript");
      expect(headers["vary"]).toContain("Accept-Encoding");
    }
    expect(await (await get("/")).text()).toBe(page);
  });

  test("gives away nothing outside its folder", async () => {
    for (const path of ["/../split-brain.db", "/%2e%2e/split-brain.db", "/assets/..%2f..%2fsplit-brain.db"]) {
      const status = await new Promise<number>((resolve, reject) => {
        request({ port: on.app.port, host: "127.0.0.1", path }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        })
          .on("error", reject)
          .end();
      });
      expect([400, 403, 404], path).toContain(status);
    }
  });
});
