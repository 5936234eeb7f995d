import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The server in a process of its own, as `npm start` runs it, on a free loopback port with an empty database. */
export interface LiveServer {
  /** `http://127.0.0.1:<port>` */
  readonly address: string;
  stop(): Promise<void>;
}

const MAIN = join(import.meta.dirname, "../../main.ts");

/** Starts it and waits for the line that says where it runs. */
export async function startServer(): Promise<LiveServer> {
  const folder = await mkdtemp(join(tmpdir(), "split-brain-bench-"));
  const environment = { ...process.env, PORT: "0", HOST: "127.0.0.1", DATA: folder };
  const child = spawn(process.execPath, [MAIN], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    const port = /http:\/\/localhost:(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    return {
      address: `http://127.0.0.1:${port}`,
      async stop() {
        child.kill("SIGTERM");
        await ended;
        await rm(folder, { recursive: true, force: true });
      },
    };
  }
  throw new Error("bench: the server ended before it said where it runs");
}
