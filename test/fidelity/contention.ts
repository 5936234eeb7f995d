import { backoffs, type BackoffName, type BackoffPolicy } from "../../shared/components/service/backoff.ts";
import { normalQuantile } from "../../shared/core/maths.ts";
import type { Stream } from "../../shared/core/random.ts";
import { usOf, type Ms } from "../../shared/core/time.ts";
import type { Process, ProcessId } from "../../shared/sim/process.ts";
import { World } from "../../shared/sim/world.ts";

/** What a contest cost. */
export interface Contest {
  /** Writes that were tried until all clients had succeeded. */
  readonly calls: number;
  /** When the last of them had, ms. */
  readonly completionMs: Ms;
}

/** A row that may be written by whoever has read its newest version. */
interface Row {
  version: number;
  calls: number;
}

const CAP_MS = 2_000;
/** The published simulator takes its first wait from twice its base of 5 ms, the decorrelated one from the base. */
const FIRST_MS = 10;
const BASE_MS = 5;
/** Where a client's request is: on its way to read, or to write. */
const READ = 0;
const WRITE = 1;

/**
 * A client that wants to write the row once: it reads the version, tries to write, and if somebody was faster waits by the
 * game's own backoff and begins again.
 */
class Writer implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #row: Row;
  readonly #backoff: BackoffName;
  readonly #luck: Stream;
  #version = 0;
  #attempt = 0;
  #waitMs = 0;

  constructor(world: World, self: ProcessId, row: Row, backoff: BackoffName) {
    this.#world = world;
    this.#self = self;
    this.#row = row;
    this.#backoff = backoff;
    this.#luck = world.streams.stream("contention", String(self));
    world.setTimer(self, READ, this.#wayUs());
  }

  timer(name: number): void {
    if (name === READ) {
      this.#version = this.#row.version;
      this.#world.setTimer(this.#self, WRITE, this.#wayUs() + this.#wayUs());
      return;
    }
    this.#row.calls++;
    if (this.#row.version === this.#version) {
      this.#row.version++;
      return;
    }
    this.#attempt++;
    const backoffMs = this.#backoff === "decorrelated" ? BASE_MS : FIRST_MS;
    const policy: BackoffPolicy = { backoffMs, backoffGrowth: 2, backoffCapMs: CAP_MS, jitter: 0 };
    this.#waitMs = backoffs[this.#backoff].waitMs(policy, this.#attempt, this.#waitMs, this.#luck());
    this.#world.setTimer(this.#self, READ, this.#wayUs() + this.#wayUs() + usOf(this.#waitMs));
  }

  receive(): void {}
  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}

  /** One way takes |N(10, 2)| ms. */
  #wayUs(): number {
    return Math.max(1, usOf(Math.abs(10 + 2 * normalQuantile(Math.max(1e-12, this.#luck())))));
  }
}

/** Clients who all want to write one row at once, with optimistic concurrency control. */
export function contend(clients: number, backoff: BackoffName, seed: string): Contest {
  const world = new World(1, () => ({ p50Ms: 0, p99Ms: 0 }), seed);
  const row: Row = { version: 0, calls: 0 };
  for (let client = 0; client < clients; client++) {
    world.addProcess({ zone: 0, network: "public" }, (self) => new Writer(world, self, row, backoff));
  }
  while (row.version < clients) world.kernel.runUntil(world.kernel.nowUs + usOf(1));
  return { calls: row.calls, completionMs: world.kernel.nowUs / 1_000 };
}

/** The mean of so many contests. */
export function meanContest(clients: number, backoff: BackoffName, runs: number): Contest {
  const all = Array.from({ length: runs }, (_, run) => contend(clients, backoff, `contention/${run}`));
  const mean = (of: (contest: Contest) => number): number => all.reduce((sum, contest) => sum + of(contest), 0) / runs;
  return { calls: mean(({ calls }) => calls), completionMs: mean(({ completionMs }) => completionMs) };
}
