import { join } from "node:path";
import { z } from "zod";
import { isRefusal } from "../shared/core/refusal.ts";
import { CannotStart } from "./cannotStart.ts";
import type { Clock } from "./rooms/clock.ts";

/** What may be set from outside. */
const Environment = z.object({
  PORT: z.coerce
    .number("PORT must be a number.")
    .int()
    .min(0)
    .max(65_535, "PORT must be at most 65535.")
    .default(2_567),
  /** Address to listen on: every one of this machine by default, so that a class can join. */
  HOST: z.string().min(1).default("0.0.0.0"),
  /** Folder of the database. */
  DATA: z.string().min(1).default("data"),
});

const home = join(import.meta.dirname, "..");

const wallClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  every(periodMs, callback) {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Runs `load` without the greetings that a package prints while it is loaded: the start-up line is ours alone. */
async function quietly<Module>(load: () => Promise<Module>): Promise<Module> {
  const { log, info, error } = console;
  console.log = console.info = console.error = () => {};
  try {
    return await load();
  } finally {
    Object.assign(console, { log, info, error });
  }
}

async function start(): Promise<void> {
  const environment = Environment.safeParse(process.env);
  if (!environment.success) throw new CannotStart(environment.error.issues[0]!.message);
  const { PORT, HOST, DATA } = environment.data;
  const { createApp } = await quietly(() => import("./app.ts"));
  const { readLevels } = await import("./levels.ts");
  const { openSqlite } = await import("./storage/sqlite.ts");

  const levels = await readLevels(join(home, "levels"));
  const storage = await openSqlite(join(DATA, "split-brain.db"));
  if (isRefusal(storage)) throw new CannotStart(storage.sentence);
  const client = process.argv.includes("--dev") ? "development" : join(home, "dist", "client");
  const report = (trouble: string): void => console.error(trouble);
  const app = await createApp({ port: PORT, host: HOST, clock: wallClock, storage, levels, client, report });
  console.log(`Split Brain is running at http://localhost:${app.port}`);

  let closing = false;
  const stop = (): void => {
    if (closing) return;
    closing = true;
    app.close().then(() => process.exit(0), fail);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function fail(error: unknown): void {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
}

start().catch(fail);
