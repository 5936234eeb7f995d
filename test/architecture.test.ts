import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { type Import, importsOf, sourceFiles } from "./importsOf.ts";

/**
 * The map of the house, from the ground up: a room loads and names only rooms above it, so data flows one way,
 * level file → match → view → screen. A room is a folder with its sub-folders, or one file that stands lower than its
 * folder; `server/*` means the files that lie directly in `server/`. A bare name is a neighbour in the same top folder.
 * `types of`: rooms of which nothing is loaded at run time, so that neither the simulation nor zod reaches a browser.
 * There is no list of exceptions.
 */
const MAP = `
room                   | loads                                                                     | types of     | packages
shared/core            |                                                                           |              | seedrandom zod
shared/sim             | core                                                                      |              | flatqueue
shared/history         | core                                                                      |              |
shared/protocols       | core sim                                                                  |              |
shared/components      | core sim protocols history                                                |              | zod
shared/workload        | core sim                                                                  |              | zod
shared/faults          | core sim components workload                                              |              | zod
shared/checkers        | core history                                                              |              |
shared/match/intent.ts |                                                                           |              | zod
shared/match/roles.ts  |                                                                           |              |
shared/level           | core protocols components faults workload checkers shared/match/intent.ts |              | zod yaml
shared/match           | core sim history protocols components faults workload checkers level      |              | zod
shared/wire            | core match                                                                |              | zod
server/storage         | shared                                                                    |              | kysely zod node:
server/http            | shared storage                                                            |              | express helmet prom-client zod node:
server/rooms           | shared storage                                                            |              | colyseus @colyseus/schema zod node:
server/*               | shared storage http rooms                                                 |              | colyseus express helmet prom-client vite zod node:
server/cli             | shared server                                                             |              | zod yaml flatqueue colyseus.js playwright-core node:
client/marks           |                                                                           |              | preact
client/styles          |                                                                           |              |
client/pieces          |                                                                           | shared/match | phaser
client/scenes          | pieces                                                                    | shared/match | phaser
client/rerun           | shared                                                                    |              | zod
client/session         | shared/wire                                                               | shared/core shared/match rerun | colyseus.js @preact/signals
client/panels          | session marks scenes styles shared/core shared/wire shared/match/roles.ts | shared/match rerun | preact @preact/signals uplot uqr
client/*               | session panels styles marks                                               |              | preact @preact/signals @fontsource-variable
test                   | shared server client                                                      |              | *
`;

/** One line of the map. */
interface Room {
  readonly room: string;
  readonly loads: readonly string[];
  readonly typesOf: readonly string[];
  readonly packages: readonly string[];
}

const FOLDERS = ["shared", "server", "client", "test"];

function readMap(text: string): Room[] {
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [room = "", loads = "", typesOf = "", packages = ""] = line.split("|").map((cell) => cell.trim());
      const words = (cell: string): string[] => cell.split(" ").filter((word) => word !== "");
      const inFull = (name: string): string =>
        name.includes("/") || FOLDERS.includes(name) ? name : `${room.split("/")[0]}/${name}`;
      return { room, loads: words(loads).map(inFull), typesOf: words(typesOf).map(inFull), packages: words(packages) };
    });
}

const house = readMap(MAP);
const files = sourceFiles(FOLDERS);

const isIn = (path: string, room: string): boolean =>
  room.endsWith("/*") ? dirname(path) === room.slice(0, -2) : path === room || path.startsWith(`${room}/`);
const roomOf = (path: string): Room | undefined => house.find(({ room }) => isIn(path, room));
const isPackage = (specifier: string, name: string): boolean =>
  name === "*" || specifier === name || specifier.startsWith(name === "node:" ? name : `${name}/`);

function mayImport(room: Room, { to, own, typeOnly }: Import): boolean {
  if (!own) return room.packages.some((name) => isPackage(to, name));
  const open = [room.room, ...room.loads, ...(typeOnly ? room.typesOf : [])];
  return open.some((folder) => isIn(to, folder));
}

describe("the map of the house", () => {
  test("every file belongs to a room, and every top folder was seen", () => {
    expect(files.filter((path) => !roomOf(path))).toEqual([]);
    for (const folder of FOLDERS) {
      expect(files.filter((path) => path.startsWith(`${folder}/`)).length, folder).toBeGreaterThan(0);
    }
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

  test("the map has no way back: every room lies below the rooms it imports", () => {
    house.forEach(({ room, loads, typesOf }, at) => {
      const above = house.slice(0, at).map((upper) => upper.room);
      for (const name of [...loads, ...typesOf]) {
        const stands = above.some((upper) => upper === name || upper.startsWith(`${name}/`));
        expect(stands, `${room} imports ${name}`).toBe(true);
      }
    });
  });

  test("nothing is called utils, helpers, common, types, constants or index: a thing lives beside its owner", () => {
    const drawer = /(?:^|\/)(?:utils?|helpers?|common|misc|types|constants|index)(?:\.tsx?$|\/)/;
    expect(files.filter((path) => drawer.test(path))).toEqual([]);
    expect(drawer.test("shared/core/utils.ts")).toBe(true);
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
