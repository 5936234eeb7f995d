import { createServer, type Server } from "node:http";
import { matchMaker } from "colyseus";
import express, { type ErrorRequestHandler } from "express";
import { levelCard } from "../shared/match/levelCard.ts";
import { SIM_VERSION } from "../shared/match/match.ts";

import { CannotStart } from "./cannotStart.ts";
import { developmentClient } from "./development.ts";
import { Guesses } from "./guesses.ts";
import type { LevelOnFile } from "./levels.ts";
import { api } from "./http/api.ts";
import { builtClient, isBuilt } from "./http/client.ts";
import { matchMetrics } from "./http/matchMetrics.ts";
import { metrics } from "./http/metrics.ts";
import { security } from "./http/security.ts";
import { matchmaking } from "./matchmaking.ts";
import type { Clock } from "./rooms/clock.ts";
import type { House } from "./rooms/house.ts";
import { Restorations } from "./rooms/restorations.ts";
import { noticeOfWaiting } from "./rooms/roomNotice.ts";
import { defineRooms, liveRoom, load } from "./rooms/rooms.ts";
import { takeSockets } from "./sockets.ts";
import type { Storage } from "./storage/storage.ts";

/** How long matches of an earlier run wait for their players. */
const RESTORATION_MS = 600_000;

export interface AppOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly clock: Clock;
  /** Closed by the app when it closes. */
  readonly storage: Storage;
  readonly levels: ReadonlyMap<string, LevelOnFile>;
  /** Folder of the built client; "development" has Vite build it as it is asked for; null serves none. */
  readonly client: string | "development" | null;
  /** Tells whoever runs the server about a trouble that players can't mend; one sentence. */
  report(trouble: string): void;
}

/** A running server. There is one to a process, because Colyseus keeps its rooms in the module. */
export interface App {
  readonly port: number;
  /** Tells everybody, writes down how far the matches came, and lets go of port and database. */
  close(): Promise<void>;
}

/** Starts the whole game on one port: page, API and rooms. Throws `CannotStart` when it can't. */
export async function createApp(options: AppOptions): Promise<App> {
  const { clock, storage, levels, client, report } = options;
  if (client !== null && client !== "development" && !isBuilt(client)) {
    throw new CannotStart(`The page is not built (${client} holds no index.html): run npm run build first.`);
  }
  const restorations = await unfinishedMatches(options);
  const house: House = { clock, storage, levels, restorations, report };
  const guesses = new Guesses(clock);
  const web = express();
  const server = createServer(web);
  web.disable("x-powered-by");
  if (client !== "development") web.use(security());
  web.use(matchmaking(house, guesses));
  const guessing = {
    mayGuess: (address: string) => guesses.mayGuess(address),
    missed: (address: string) => guesses.missed(address),
  };
  const room = (code: string) => liveRoom(code)?.notice ?? noticeOfWaiting(house, code);
  const cards = [...levels.values()].map(levelCard);
  web.use(api({ levels: cards, levelText: (id) => levels.get(id)?.text, storage, room, ...guessing }));
  web.use(metrics(load));
  web.use(matchMetrics({ scraped: (code) => liveRoom(code)?.scraped, ...guessing }));
  const development = client === "development" ? await developmentClient() : null;
  if (development !== null) web.use(development.middleware);
  else if (client !== null) web.use(builtClient(client));
  web.use(trouble(report));

  await matchMaker.setup();
  defineRooms(house);
  await matchMaker.accept();
  const transport = takeSockets(server);
  const port = await listen(server, options);
  const stopWaiting = clock.after(RESTORATION_MS, () => {
    for (const { match } of restorations.takeAll()) void storage.abandonMatch(match.id).catch(() => {});
  });

  return {
    port,
    async close() {
      stopWaiting();
      await matchMaker.gracefullyShutdown();
      transport.shutdown();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await development?.close();
      await storage.close();
    },
  };
}

/** A bug behind a request: whoever asked gets a sentence, whoever runs the server the reason. */
function trouble(report: AppOptions["report"]): ErrorRequestHandler {
  return (error, { method, path }, response, next) => {
    report(`${method} ${path} failed: ${String(error)}`);
    if (response.headersSent) return next(error);
    const sentence = "The server could not do that. That is our fault, not yours.";
    return void response.status(500).json({ code: 500, error: sentence, sentence });
  };
}

/** What an earlier run left behind and this version can play on; the rest is given up. */
async function unfinishedMatches({ storage, levels }: AppOptions): Promise<Restorations> {
  const unfinished = await storage.unfinishedMatches();
  const playable = unfinished.filter(
    ({ match }) => match.simVersion === SIM_VERSION && levels.get(match.levelId)?.version === match.levelVersion,
  );
  for (const one of unfinished) if (!playable.includes(one)) await storage.abandonMatch(one.match.id);
  return new Restorations(playable);
}

function listen(server: Server, { port, host }: AppOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new CannotStart(whyNotListening(error, port, host))));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === "EADDRINUSE")
    return `Port ${port} is taken by another program: stop it, or choose another with PORT=${port + 1}.`;
  if (code === "EACCES") return `Port ${port} may not be used without special rights: choose another with PORT=2567.`;
  return `The server can't listen on ${host}:${port} (${message}).`;
}
