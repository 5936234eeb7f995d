import type { Job, Machine } from "../../shared/sim/machine.ts";
import { FLOW } from "../../shared/sim/flows.ts";
import { CHANNEL, type Process, type ProcessId } from "../../shared/sim/process.ts";
import type { Home } from "../../shared/sim/homes.ts";
import { World } from "../../shared/sim/world.ts";

/** Something that happened to a process, and when, µs. */
export type Sighting = readonly [what: string, atUs: number];

/** A process that does nothing but write down what happens to it. */
export class Witness implements Process {
  readonly #world: World;
  readonly self: ProcessId;
  readonly seen: Sighting[] = [];

  constructor(world: World, self: ProcessId) {
    this.#world = world;
    this.self = self;
  }

  receive(_from: ProcessId, message: unknown): void {
    this.#note(`message ${String(message)}`);
  }

  timer(name: number): void {
    this.#note(`timer ${name}`);
  }

  workDone(job: Job): void {
    this.#note(`done ${String(job.subject)}`);
  }

  synced(token: number): void {
    this.#note(`synced ${token}`);
  }

  crashed(): void {
    this.#note("crashed");
  }

  restarted(diskLost: boolean): void {
    this.#note(diskLost ? "restarted empty" : "restarted");
  }

  #note(what: string): void {
    this.seen.push([what, this.#world.kernel.nowUs]);
  }

  /** Sends a text to another witness. */
  tell(other: Witness, text: string): void {
    this.#world.send(this.self, other.self, text, CHANNEL.requests, -1, FLOW.none);
  }
}

/** Puts a witness in its place. */
export function witness(world: World, home: Home): Witness {
  let built: Witness | undefined;
  world.addProcess(home, (self) => (built = new Witness(world, self)));
  return built!;
}

/** A world of zones between which every message takes 10 ms, and 1 ms within. */
export function quietWorld(zones: number, seed = "quiet"): World {
  return new World(zones, (from, to) => (from === to ? { p50Ms: 1, p99Ms: 1 } : { p50Ms: 10, p99Ms: 10 }), seed);
}

/** A machine in a zone, with two workers, room for two more jobs, and a disk that takes 1 ms. */
export function addMachine(world: World, zone: number): Machine {
  return world.addMachine({ name: `m${world.machines.length}`, zone, workers: 2, queueCap: 2, syncUs: 1_000 });
}
