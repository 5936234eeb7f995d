import { Client, type Room } from "colyseus.js";
import type { CrewState } from "../../../shared/wire/room.ts";
import { type Bench, percentile } from "./figure.ts";
import { startServer } from "./liveServer.ts";

const ROOMS = 12;
const PLAYERS_PER_ROOM = 8;

/** Four classes press "Join" in the same instant: the worst that a school does to one server. */
export const joinTime: Bench = {
  name: "join",
  async run() {
    const server = await startServer();
    try {
      const hosts = await Promise.all(Array.from({ length: ROOMS }, () => seated(server.address, null)));
      const guests = Array.from({ length: ROOMS * (PLAYERS_PER_ROOM - 1) }, (_, at) =>
        seated(server.address, hosts[at % ROOMS]!.code),
      );
      const joined = [...hosts, ...(await Promise.all(guests))];
      const value = percentile(
        joined.map(({ ms }) => ms),
        0.95,
      );
      await Promise.all(joined.map(({ room }) => room.leave()));
      const what = `join, p95 of ${joined.length} clients at once, to the first sight of the crew`;
      return [{ what, value, unit: "ms", aim: { atMost: 500 } }];
    } finally {
      await server.stop();
    }
  },
};

interface Seated {
  readonly room: Room;
  readonly code: string;
  readonly ms: number;
}

/** Sits down in a new room (`code` null) or an existing one, and waits until the crew is in sight. */
async function seated(address: string, code: string | null): Promise<Seated> {
  const startedAt = performance.now();
  const client = new Client(address);
  const room = code === null ? await client.create("shift", {}) : await client.joinById(code, {});
  const crew = await new Promise<CrewState>((resolve) => room.onMessage("crew", resolve));
  const ms = performance.now() - startedAt;
  for (const push of ["crew", "ticket", "view", "debrief"]) room.onMessage(push, () => {});
  return { room, code: crew.code, ms };
}
