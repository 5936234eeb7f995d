import { Client, type Room } from "colyseus.js";
import type { LevelCard } from "../../../shared/match/view.ts";
import type { CrewState } from "../../../shared/wire/room.ts";
import { type Bench, percentile } from "./figure.ts";
import { startServer } from "./liveServer.ts";

const CLIENTS = 96;

/** Four classes press "Join" in the same instant: the worst that a school does to one server. */
export const joinTime: Bench = {
  name: "join",
  async run() {
    const server = await startServer();
    try {
      const level = await roomiestLevel(server.address);
      const hosts = await Promise.all(
        Array.from({ length: CLIENTS / level.operatorsMax }, () =>
          seated(() => new Client(server.address).create("shift", { level: level.id })),
        ),
      );
      const guests = Array.from({ length: CLIENTS - hosts.length }, (_, at) =>
        seated(() => new Client(server.address).joinById(hosts[at % hosts.length]!.code, {})),
      );
      const joined = [...hosts, ...(await Promise.all(guests))];
      const times = joined.map(({ ms }) => ms);
      await Promise.all(joined.map(({ room }) => room.leave()));
      const what = `join, p95 of ${joined.length} clients at once, until the crew is in sight`;
      return [{ what, value: percentile(times, 0.95), unit: "ms", aim: { atMost: 500 } }];
    } finally {
      await server.stop();
    }
  },
};

async function roomiestLevel(address: string): Promise<LevelCard> {
  const levels = (await (await fetch(`${address}/api/levels`)).json()) as LevelCard[];
  return levels.reduce((best, level) => (level.operatorsMax > best.operatorsMax ? level : best));
}

interface Seated {
  readonly room: Room;
  readonly code: string;
  readonly ms: number;
}

/** Sits down in a room, and waits until the crew is in sight. */
async function seated(enter: () => Promise<Room>): Promise<Seated> {
  const startedAt = performance.now();
  const room = await enter();
  for (const push of ["ticket", "view", "debrief"]) room.onMessage(push, () => {});
  const crew = await new Promise<CrewState>((resolve) => room.onMessage("crew", resolve));
  return { room, code: crew.code, ms: performance.now() - startedAt };
}
