import { expect } from "vitest";
import { countArrivals, Yard } from "../components/yard.ts";
import type { Row } from "./agreement.ts";

/** Clients with a timeout of a second before one server, and an outage that ends by itself. */
export interface MetastableSetup {
  /** Requests a second. */
  readonly load: number;
  readonly retries: number;
  readonly outageS: number;
  /** Share of requests that may be retries, as a level writes it. */
  readonly budget?: string;
  /** Requests that may wait for the server; any number by default. */
  readonly queueCap?: number;
  readonly discipline?: "fifo" | "lifo";
  /** How long after the outage to go on. */
  readonly untilS: number;
  readonly seed: string;
}

/** What happened between two times after the outage. */
export interface MetastableFigures {
  /** Share of requests that were answered in time. */
  readonly goodput: number;
  /** Attempts per second that reached the server, for the load that was asked for. */
  readonly offered: number;
}

const OUTAGE_AT_MS = 20_000;
/** 300 a second. */
const SERVICE = "3.3333ms";
/** The same for a worker that also asks the rows, 40 µs there and back on one machine. */
const SERVICE_AND_ROWS = "3.2933ms";

/**
 * Runs the example of Bronson et al.: a front service with unlimited patience for its callers calls a server of 300/s. An
 * outage is a pause of the server's machine, so that all that was sent meanwhile arrives at its end.
 */
export function runMetastable(setup: MetastableSetup): (fromS: number, untilS: number) => MetastableFigures {
  const { load, retries, outageS, budget = "100%", untilS, seed } = setup;
  const policy = { timeout: "1s", attempts: retries + 1, backoffBy: "none", retryBudget: budget };
  const front = {
    kind: "service",
    on: ["web"],
    calls: "server",
    time: "0ms",
    workers: 1_000,
    queue: 10_000,
    ...policy,
  } as const;
  const machines = { web: { workers: 256 }, box: boxOf(setup) };
  const yard = new Yard({ seed, machines, components: { ...serverOf(setup), front } });
  const arrivals = countArrivals(yard.world);
  const healMs = OUTAGE_AT_MS + outageS * 1_000;
  const source = yard.ask({
    via: "front",
    to: setup.discipline === undefined ? "server" : "rows",
    perSecond: load,
    untilMs: healMs + untilS * 1_000,
    sessions: 100,
  });
  const box = yard.world.machines[1]!;
  yard.runUntil(OUTAGE_AT_MS);
  if (outageS > 0) yard.world.pause(box);
  yard.runUntil(healMs);
  yard.world.resume(box);
  const reached: number[] = [];
  for (let second = 0; second <= untilS; second++) {
    yard.runUntil(healMs + second * 1_000);
    reached.push(arrivals[yard.get("server").index] ?? 0);
  }
  yard.runUntil(healMs + untilS * 1_000 + 10_000);
  return (fromS, toS) => {
    const asked = yard.seen(source, healMs + fromS * 1_000, healMs + toS * 1_000).length;
    const offered = ((reached[toS]! - reached[fromS]!) / asked) * load;
    return { goodput: yard.served(source, healMs + fromS * 1_000, healMs + toS * 1_000), offered };
  };
}

/** The server's queue is that of its machine; where the order of service matters, that of a service with one worker. */
function serverOf({ queueCap = 10_000, discipline }: MetastableSetup) {
  const store = { kind: "store", on: ["box"], protocol: "single", dial: ["linearizable"], keys: 1 } as const;
  if (discipline === undefined) return { server: { ...store, readTime: SERVICE } };
  const service = {
    kind: "service",
    on: ["box"],
    calls: "rows",
    time: SERVICE_AND_ROWS,
    workers: 1,
    attempts: 1,
  } as const;
  return { rows: { ...store, readTime: "0ms" }, server: { ...service, queue: queueCap, discipline } };
}

function boxOf({ queueCap = Infinity, discipline }: MetastableSetup): { workers: number; queueCap: number } {
  return discipline === undefined ? { workers: 1, queueCap } : { workers: 2, queueCap: Infinity };
}

/** Goodput is all or nothing; offered is one attempt a request when well, and all attempts of each when stuck. */
export function expectSide(
  figures: MetastableFigures,
  { load, retries }: Pick<MetastableSetup, "load" | "retries">,
  goodput: number,
): Row {
  const stuck = goodput < 0.5;
  expect(figures.goodput, stuck ? "stuck" : "recovered").toBeCloseTo(stuck ? 0 : 1, 1);
  const reference = stuck ? (1 + retries) * load : load;
  return {
    what: `${load}/s, ${retries} retries, ${stuck ? "stuck" : "well"}: offered`,
    reference,
    ours: figures.offered,
    allowed: { share: 0.03 },
  };
}
