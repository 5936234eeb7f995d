import { basename, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { type Import, importsOf, sourceFiles } from "./importsOf.ts";

/** What the files of one room of the house may import, besides each other. */
interface Room {
  /** The folder with all its sub-folders; with a trailing `/*` only the files that lie directly in it. */
  readonly room: string;
  /** Rooms whose code may be loaded. */
  readonly from?: readonly string[];
  /** Rooms of which only types may be named: nothing of them is loaded. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}

const NODE = "node:*";

/**
 * The map of the house, from the ground up: a room imports only from rooms above it in this list, so data flows one way,
 * level file → match → view → screen. There is no list of exceptions.
 */
const HOUSE: readonly Room[] = [
  // The game itself.
  { room: "shared/core", packages: ["seedrandom"] },
  { room: "shared/sim", from: ["shared/core"], packages: ["flatqueue"] },
  { room: "shared/history", from: ["shared/core"] },
  { room: "shared/protocols", from: ["shared/core", "shared/sim"] },
  {
    room: "shared/components",
    from: ["shared/core", "shared/sim", "shared/protocols", "shared/history"],
    packages: ["zod"],
  },
  { room: "shared/faults", from: ["shared/core", "shared/sim"], packages: ["zod"] },
  { room: "shared/workload", from: ["shared/core", "shared/sim"], packages: ["zod"] },
  { room: "shared/checkers", from: ["shared/core", "shared/history"] },
  {
    room: "shared/level",
    from: [
      "shared/core",
      "shared/protocols",
      "shared/components",
      "shared/faults",
      "shared/workload",
      "shared/checkers",
    ],
    packages: ["zod", "yaml"],
  },
  {
    room: "shared/match",
    from: [
      "shared/core",
      "shared/sim",
      "shared/history",
      "shared/protocols",
      "shared/components",
      "shared/faults",
      "shared/workload",
      "shared/checkers",
      "shared/level",
    ],
    packages: ["zod"],
  },
  { room: "shared/wire", from: ["shared/core", "shared/match"], packages: ["zod"] },

  // The server.
  { room: "server/storage", from: ["shared"], packages: ["kysely", "zod", NODE] },
  {
    room: "server/http",
    from: ["shared", "server/storage"],
    packages: ["express", "helmet", "prom-client", "zod", NODE],
  },
  {
    room: "server/rooms",
    from: ["shared", "server/storage"],
    packages: ["colyseus", "@colyseus/core", "@colyseus/schema", "zod", NODE],
  },
  {
    room: "server/*",
    from: ["shared", "server/storage", "server/http", "server/rooms"],
    packages: [
      "colyseus",
      "@colyseus/core",
      "@colyseus/ws-transport",
      "express",
      "helmet",
      "prom-client",
      "vite",
      "zod",
      NODE,
    ],
  },

  // The client. Nothing of `shared/` that loads zod or the simulation may reach the browser before a match.
  { room: "client/marks", packages: ["preact"] },
  { room: "client/styles" },
  { room: "client/pieces", types: ["shared/match"], packages: ["phaser"] },
  { room: "client/scenes", from: ["client/pieces"], types: ["shared/match"], packages: ["phaser"] },
  {
    room: "client/session",
    from: ["shared/wire"],
    types: ["shared/match"],
    packages: ["colyseus.js", "@preact/signals"],
  },
  {
    room: "client/panels",
    from: ["client/session", "client/marks", "client/scenes", "client/styles", "shared/core", "shared/wire"],
    types: ["shared/match"],
    packages: ["preact", "@preact/signals", "uplot", "uqr"],
  },
  {
    room: "client/*",
    from: ["client/session", "client/panels", "client/styles", "client/marks"],
    packages: ["preact", "@preact/signals", "@fontsource-variable"],
  },

  // Headless commands, and the tests.
  {
    room: "server/cli",
    from: ["shared", "server"],
    packages: ["zod", "yaml", "flatqueue", "colyseus.js", "playwright-core", NODE],
  },
  {
    room: "test",
    from: ["shared", "server", "client"],
    packages: [
      "vitest",
      "fast-check",
      "oxc-parser",
      "zod",
      "yaml",
      "seedrandom",
      "flatqueue",
      "preact",
      "@preact/signals",
      "@preact/preset-vite",
      "vite",
      "colyseus.js",
      "playwright-core",
      "@sparticuz/chromium",
      "axe-core",
      NODE,
    ],
  },
];

const FOLDERS = ["shared", "server", "client", "test"];
const files = sourceFiles(FOLDERS);

const isIn = (path: string, room: string): boolean =>
  room.endsWith("/*") ? dirname(path) === room.slice(0, -2) : path.startsWith(`${room}/`);
const roomOf = (path: string): Room | undefined => HOUSE.find(({ room }) => isIn(path, room));
const isPackage = (specifier: string, name: string): boolean =>
  name === NODE ? specifier.startsWith("node:") : specifier === name || specifier.startsWith(`${name}/`);

function mayImport(room: Room, { to, own, typeOnly }: Import): boolean {
  if (!own) return (room.packages ?? []).some((name) => isPackage(to, name));
  const open = [room.room, ...(room.from ?? []), ...(typeOnly ? (room.types ?? []) : [])];
  return open.some((folder) => isIn(to, folder));
}

describe("the map of the house", () => {
  test("every file belongs to a room, and every folder of the game was seen", () => {
    expect(files.filter((path) => !roomOf(path))).toEqual([]);
    for (const folder of FOLDERS)
      expect(files.filter((path) => path.startsWith(`${folder}/`)).length).toBeGreaterThan(0);
    expect(files).toContain("shared/match/view.ts");
    expect(files.flatMap(importsOf).length).toBeGreaterThan(20);
  });

  test("a room imports only what the map allows", () => {
    const trespasses = files.flatMap((path) => {
      const room = roomOf(path);
      const strangers = room ? importsOf(path).filter((one) => !mayImport(room, one)) : [];
      return strangers.map(({ to, typeOnly }) => `${path} imports ${typeOnly ? "types of " : ""}${to}`);
    });
    expect(trespasses).toEqual([]);
  });

  test("the map itself has no way back: a room imports from rooms above it only", () => {
    HOUSE.forEach(({ room, from = [], types = [] }, at) => {
      const above = HOUSE.slice(0, at).map((upper) => upper.room);
      for (const name of [...from, ...types]) {
        expect(
          above.some((upper) => upper === name || upper.startsWith(`${name}/`)),
          `${room} ← ${name}`,
        ).toBe(true);
      }
    });
  });

  test("nothing is called utils, helpers, common, types, constants or index: a thing lives beside its owner", () => {
    const drawers = /^(?:utils?|helpers?|common|misc|types|constants|index)\.tsx?$/;
    expect(files.filter((path) => drawers.test(basename(path)))).toEqual([]);
    expect(files.filter((path) => /\/(?:utils?|helpers?|common|misc)\//.test(path))).toEqual([]);
  });

  test("a trespass would be seen", () => {
    const room = (path: string): Room => roomOf(path)!;
    const own = (to: string, typeOnly = false): Import => ({ to, own: true, typeOnly });
    expect(mayImport(room("shared/checkers/linearizable.ts"), own("shared/sim/kernel.ts", true))).toBe(false);
    expect(mayImport(room("client/panels/home/home.tsx"), own("shared/match/match.ts"))).toBe(false);
    expect(mayImport(room("client/panels/home/home.tsx"), own("shared/match/view.ts", true))).toBe(true);
    expect(mayImport(room("shared/sim/kernel.ts"), { to: "node:fs", own: false, typeOnly: false })).toBe(false);
  });
});
