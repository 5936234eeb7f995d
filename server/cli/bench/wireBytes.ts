import { Client } from "colyseus.js";
import type { LevelCard } from "../../../shared/match/view.ts";
import type { Bench } from "./figure.ts";
import { startServer } from "./liveServer.ts";

const SECONDS = 20;

/** What one player's socket receives while a match runs: a solo shift of the last level of the campaign. */
export const wireBytes: Bench = {
  name: "wire",
  async run() {
    const server = await startServer();
    try {
      const levels = (await (await fetch(`${server.address}/api/levels`)).json()) as LevelCard[];
      const room = await new Client(server.address).create("solo", { level: levels.at(-1)!.id, seed: "bench" });
      for (const push of ["crew", "ticket", "debrief"]) room.onMessage(push, () => {});
      let views = 0;
      const firstView = new Promise<void>((resolve) => {
        room.onMessage("view", () => {
          views += 1;
          resolve();
        });
      });
      await firstView;
      const startViews = views;
      let bytes = 0;
      const { ws } = room.connection.transport as unknown as { ws: WebSocket };
      ws.addEventListener("message", ({ data }) => (bytes += (data as ArrayBuffer).byteLength));
      await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
      await room.leave();
      const perSecond = Math.round((views - startViews) / SECONDS);
      const what = `bytes to one client a second, at ${perSecond} patches a second`;
      return [{ what, value: bytes / SECONDS / 1_000, unit: "kB/s", aim: { atMost: 6 } }];
    } finally {
      await server.stop();
    }
  },
};
