import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../../server/app.ts";
import { readLevels } from "../../server/levels.ts";
import type { Storage } from "../../server/storage/storage.ts";
import { openSqlite } from "../../server/storage/sqlite.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { ROOT } from "../importsOf.ts";
import { FastClock } from "./fastClock.ts";

/** The real server with the built client, on a loopback port, with a database in a temporary folder. One to a process. */
export interface Playhouse {
  /** `http://127.0.0.1:<port>/` */
  readonly address: string;
  readonly clock: FastClock;
  readonly storage: Storage;
  /** Sentences that the server told whoever runs it: none in a test that goes well. */
  readonly troubles: string[];
  close(): Promise<void>;
}

/** Opens the house with the levels of a folder (from the root of the repository), and with another page than ours if need be. */
export async function openPlayhouse({ levels, speed, client = join(ROOT, "dist/client") }: { levels: string; speed: number; client?: string }): Promise<Playhouse> {
  const folder = await mkdtemp(join(tmpdir(), "split-brain-"));
  const storage = await openSqlite(join(folder, "test.db"));
  if (isRefusal(storage)) throw new Error(storage.sentence);
  const clock = new FastClock(speed);
  const troubles: string[] = [];
  const app = await createApp({
    port: 0,
    host: "127.0.0.1",
    clock,
    storage,
    levels: await readLevels(join(ROOT, levels)),
    client,
    report: (trouble) => troubles.push(trouble),
  });
  return {
    address: `http://127.0.0.1:${app.port}/`,
    clock,
    storage,
    troubles,
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
