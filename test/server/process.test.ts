import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createApp } from "../../server/app.ts";
import { CannotStart } from "../../server/cannotStart.ts";
import { readLevels } from "../../server/levels.ts";
import { openSqlite } from "../../server/storage/sqlite.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { HandClock } from "./handClock.ts";
import { Player } from "./player.ts";
import { levelsFolder } from "./stage.ts";

const main = join(import.meta.dirname, "../../server/main.ts");
let folder: string;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "split-brain-"));
});
afterEach(async () => {
  for (const server of running.splice(0)) {
    if (server.exitCode !== null || server.signalCode !== null) continue;
    server.kill("SIGKILL");
    await once(server, "exit");
  }
  await rm(folder, { recursive: true });
});

interface Run {
  readonly server: ChildProcess;
  said: string;
  complained: string;
}

function run(environment: Record<string, string>): Run {
  const env = { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: "0", DATA: join(folder, "data"), ...environment };
  const server = spawn(process.execPath, [main], { env, stdio: ["ignore", "pipe", "pipe"] });
  running.push(server);
  const one: Run = { server, said: "", complained: "" };
  server.stdout.setEncoding("utf8").on("data", (text: string) => (one.said += text));
  server.stderr.setEncoding("utf8").on("data", (text: string) => (one.complained += text));
  return one;
}

/** The port, as soon as the server says that it runs. */
async function portOf(one: Run): Promise<number> {
  while (!one.said.includes("\n")) {
    if (one.server.exitCode !== null) throw new Error(one.complained);
    await Promise.race([once(one.server.stdout!, "data"), once(one.server, "exit")]);
  }
  return Number(/:(\d+)\n$/.exec(one.said)![1]);
}

async function exitOf(one: Run): Promise<number> {
  const [code] = (await once(one.server, "close")) as [number];
  return code;
}

describe("the server", () => {
  test("says one line when it runs, and stops cleanly when it is told to", async () => {
    const one = run({});
    const port = await portOf(one);
    expect((await fetch(`http://127.0.0.1:${port}/`)).headers.get("content-type")).toContain("text/html");
    one.server.kill("SIGTERM");
    expect(await exitOf(one)).toBe(0);
    expect(one).toMatchObject({ said: `Split Brain is running at http://localhost:${port}\n`, complained: "" });
  });

  test("killed without a word, brings its match back: same code, seat and role", async () => {
    const first = run({});
    const options = { name: "Ana", seed: "tide" };
    const ana = await Player.host(await portOf(first), "solo", {
      ...options,
      level: [...(await readLevels(levelsFolder)).keys()][0]!,
    });
    await ana.until(({ view }) => (view?.clockMs ?? 0) >= 500);
    expect(await ana.ask("intent", { verb: "ping", at: "n0", word: "look" })).toEqual({ ok: true });
    const { clockMs } = ana.view!;
    first.server.kill("SIGKILL");
    await exitOf(first);
    const second = run({});
    const back = await Player.join(await portOf(second), ana.ticket!.code, { seat: ana.ticket!.token });
    await back.until(({ view }) => view !== null);
    expect(back.crew).toMatchObject({ code: ana.ticket!.code, phase: "match" });
    expect(back.me).toMatchObject({ name: "Ana", host: true });
    expect(back.view!.clockMs).toBeGreaterThan(clockMs - 1_100);
    expect(await back.ask("intent", { verb: "ping", at: "n0", word: "again" })).toEqual({ ok: true });
  });
});

describe("a server that can't start says why in one sentence and ends with code 1:", () => {
  const oneSentence = /^[^\n]+\.\n$/;

  test("its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const one = run({ PORT: String(port) });
    expect(await exitOf(one)).toBe(1);
    expect(one.complained).toMatch(oneSentence);
    expect(one.complained).toContain(`Port ${port} is taken`);
    expect(one.said).toBe("");
    other.close();
  });

  test("its database can't be opened, or is another server's", async () => {
    await mkdir(join(folder, "data", "split-brain.db"), { recursive: true });
    const one = run({});
    expect(await exitOf(one)).toBe(1);
    expect(one.complained).toMatch(oneSentence);
    expect(one.complained).toContain(join(folder, "data", "split-brain.db"));
    const first = run({ DATA: join(folder, "shared") });
    await portOf(first);
    const second = run({ DATA: join(folder, "shared") });
    expect(await exitOf(second)).toBe(1);
    expect(second.complained).toContain("Another Split Brain server is using the database");
  });

  test("its settings make no sense", async () => {
    const one = run({ PORT: "harbour" });
    expect(await exitOf(one)).toBe(1);
    expect(one.complained).toBe("PORT must be a number.\n");
  });

  test("a level file has a mistake, which is named with its path", async () => {
    const levels = join(folder, "levels");
    await mkdir(levels);
    await expect(readLevels(levels)).rejects.toThrow("There is no level");
    await writeFile(join(levels, "01-broken.yaml"), "version: 1\n");
    await expect(readLevels(levels)).rejects.toThrow(CannotStart);
    await expect(readLevels(levels)).rejects.toThrow(/^levels\/01-broken\.yaml: .*title/);
  });

  test("the page is not built", async () => {
    const storage = await openSqlite(":memory:");
    if (isRefusal(storage)) throw new Error(storage.sentence);
    const levels = await readLevels(levelsFolder);
    const options = { port: 0, host: "127.0.0.1", clock: new HandClock(), storage, levels, report: () => {} };
    await expect(createApp({ ...options, client: folder })).rejects.toThrow("The page is not built");
    await storage.close();
  });
});
