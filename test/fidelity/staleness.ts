import { constant, type Distribution } from "../../shared/core/distribution.ts";
import { pick } from "../../shared/core/random.ts";
import type { Us } from "../../shared/core/time.ts";
import { quorum } from "../../shared/protocols/quorum/quorum.ts";
import { FLOW } from "../../shared/sim/flows.ts";
import { EVENT } from "../../shared/sim/kernel.ts";
import type { Reply, Request } from "../../shared/sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../../shared/sim/process.ts";
import { World } from "../../shared/sim/world.ts";
import { LATENCIES, mixtureUs, type LatencyModel } from "./latencies.ts";
import { BARE, groupOf, place } from "./replicas.ts";

/** Writes, each of a key that nobody else writes meanwhile, and reads of that key at several times after the acknowledgement. */
export interface StalenessSetup {
  readonly model: LatencyModel;
  readonly R: number;
  readonly W: number;
  /** Times between a write's acknowledgement and the reads, ms. */
  readonly readsAfterMs: readonly number[];
  readonly trials: number;
  readonly seed: string;
}

/** `freshAfter` is the share of reads that saw the write, by the places of `readsAfterMs`; latencies in ms. */
export interface StalenessFigures {
  readonly freshAfter: readonly number[];
  readonly readMsP999: number;
  readonly writeMsP999: number;
}

const N = 3;
/**
 * A millisecond of the paper takes fifty simulated ones: the model knows nothing but the four legs, so the microseconds
 * that a coordinator works and its client is away must hardly count. Longer, and a million trials would not fit into the
 * twelve days of the event queue.
 */
const UNIT_US: Us = 50_000;
/** Trials begin this far apart, in the paper's ms: far enough that none of them piles up. */
const BETWEEN_MS = 10;
/** A key is written again after a thousand seconds of the paper, when nothing of its last trial is under way any more. */
const KEYS = 100_000;

/**
 * Runs the real quorum protocol on three replicas with coordinators outside the group, as in Dynamo. Zones 0–2 hold a
 * replica each; coordinators of writes stand in zones 3–5, those of reads in zones 6–8, so that each of the four legs is
 * a lane with its own delays. The data centre that an operation begins in is drawn anew each time.
 */
export function runStaleness({ model, R, W, readsAfterMs, trials, seed }: StalenessSetup): StalenessFigures {
  const world = new World(3 * N, linksOf(model), seed);
  const group = groupOf(quorum, { ...BARE, readQuorum: R, writeQuorum: W }, constant(0));
  for (let zone = 0; zone < 3 * N; zone++) {
    world.addMachine({ name: `m${zone}`, zone, workers: Infinity, queueCap: 0, syncUs: 0 });
    place(world, group, zone, zone, N);
  }
  const client = new Client(world, group.members, readsAfterMs);
  for (let trial = 0; trial < trials; trial++) {
    world.kernel.at(trial * BETWEEN_MS * UNIT_US, EVENT.arrival, trial, -1, null);
    if (trial % 1_000 === 999) world.kernel.runUntil(trial * BETWEEN_MS * UNIT_US);
  }
  while (client.open > 0) world.kernel.runUntil(world.kernel.nowUs + 1_000 * UNIT_US);
  return {
    freshAfter: client.fresh.map((count) => count / trials),
    readMsP999: quantile(client.readMs, 0.999),
    writeMsP999: quantile(client.writeMs, 0.999),
  };
}

function linksOf(model: LatencyModel) {
  const { write, others, acrossMs } = LATENCIES[model];
  const legs = (mixture: typeof write | typeof others) => [
    mixtureUs(mixture, 0, UNIT_US),
    mixtureUs(mixture, acrossMs, UNIT_US),
  ];
  const [writes, rest] = [legs(write), legs(others)];
  const none = constant(0);
  return (from: number, to: number) => {
    const away = from % N === to % N ? 0 : 1;
    const isWrite = from >= N && from < 2 * N && to < N;
    const isLeg = from < N !== to < N;
    const delayUs: Distribution = isWrite ? writes[away]! : isLeg ? rest[away]! : none;
    return { p50Ms: 0, p99Ms: 0, delayUs };
  };
}

/** Asks for a write per trial and for its reads, and counts what came back. It stands on a machine of each coordinator. */
class Client implements Process {
  readonly #world: World;
  readonly #coordinators: readonly ProcessId[];
  readonly #readsAfterMs: readonly number[];
  readonly #homes: readonly ProcessId[];
  readonly #luck;
  readonly #begunUs = new Map<number, Us>();
  readonly fresh: number[];
  readonly readMs: number[] = [];
  readonly writeMs: number[] = [];
  open = 0;

  constructor(world: World, coordinators: readonly ProcessId[], readsAfterMs: readonly number[]) {
    this.#world = world;
    this.#coordinators = coordinators;
    this.#readsAfterMs = readsAfterMs;
    this.fresh = readsAfterMs.map(() => 0);
    this.#homes = coordinators.map((_, machine) => world.addProcess({ machine }, () => this));
    this.#luck = world.streams.stream("data centres", "client");
    world.kernel.on(EVENT.arrival, (trial, read) => this.#ask(trial, read));
  }

  receive(_from: ProcessId, message: unknown): void {
    const { operation, value } = message as Reply;
    const trial = Math.floor(operation / (this.#readsAfterMs.length + 1));
    const read = (operation % (this.#readsAfterMs.length + 1)) - 1;
    const ms = (this.#world.kernel.nowUs - this.#begunUs.get(operation)!) / UNIT_US;
    this.#begunUs.delete(operation);
    this.open--;
    if (read >= 0) {
      this.readMs.push(ms);
      if (value === trial) this.fresh[read]!++;
      return;
    }
    this.writeMs.push(ms);
    this.#readsAfterMs.forEach((afterMs, place) => {
      this.open++;
      this.#world.kernel.after(afterMs * UNIT_US, EVENT.arrival, trial, place, null);
    });
  }

  timer(): void {}
  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}

  /** `read` −1 is the write. */
  #ask(trial: number, read: number): void {
    if (read < 0) this.open++;
    const coordinator = (read < 0 ? N : 2 * N) + pick(this.#luck, N);
    const operation = trial * (this.#readsAfterMs.length + 1) + read + 1;
    this.#begunUs.set(operation, this.#world.kernel.nowUs);
    const request: Request = {
      type: "request",
      operation,
      target: 0,
      session: -1,
      patienceUs: Infinity,
      other: null,
      priority: 1,
      kind: read < 0 ? "write" : "read",
      key: trial % KEYS,
      argument: read < 0 ? trial : null,
      expected: null,
      sessionPosition: 0,
      replyTo: this.#homes[coordinator]!,
      call: operation,
      attempt: 1,
      hops: 0,
    };
    const home = this.#homes[coordinator]!;
    this.#world.send(home, this.#coordinators[coordinator]!, request, CHANNEL.requests, -1, FLOW.none);
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(share * sorted.length)]!;
}
