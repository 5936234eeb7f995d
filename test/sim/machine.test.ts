import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { Machine } from "../../shared/sim/machine.ts";
import { letGo, takeDown } from "../../shared/sim/outage.ts";
import type { World } from "../../shared/sim/world.ts";
import { addMachine, quietWorld, witness, type Witness } from "./witness.ts";

let world: World;
let machine: Machine;
let process: Witness;

beforeEach(() => {
  world = quietWorld(1);
  machine = addMachine(world, 0);
  process = witness(world, { machine: machine.index });
});

const job = (subject: string, costUs = 1_000) => ({ process: process.self, subject, costUs });

describe("a machine's CPU", () => {
  test("works on as many jobs as it has workers, lets some wait in order, and turns the rest away", () => {
    const taken = ["a", "b", "c", "d", "e"].map((name) => machine.submit(job(name)));
    expect(taken).toEqual([true, true, true, true, false]);
    expect([machine.busy, machine.queueDepth]).toEqual([2, 2]);
    world.kernel.runUntil(10_000);
    expect(process.seen).toEqual([
      ["done a", 1_000],
      ["done b", 1_000],
      ["done c", 2_000],
      ["done d", 2_000],
    ]);
    expect(machine.busyUs()).toBe(4_000);
  });

  test("takes four times as long at a quarter of its speed", () => {
    machine.afflict(1, { slowdown: 4, trouble: "slow" });
    machine.submit(job("a"));
    world.kernel.runUntil(10_000);
    expect(process.seen).toEqual([["done a", 4_000]]);
  });

  test("works on what waited as soon as it gets more workers; with fewer, those at work finish first", () => {
    for (const name of ["a", "b", "c", "d"]) machine.submit(job(name));
    machine.resize(3);
    expect([machine.busy, machine.queueDepth]).toEqual([3, 1]);
    machine.resize(1);
    world.kernel.runUntil(10_000);
    expect(process.seen.map(([, atUs]) => atUs)).toEqual([1_000, 1_000, 1_000, 2_000]);
  });
});

describe("a machine's disk", () => {
  test("makes one batch durable at a time, and all that was written meanwhile with the next", () => {
    machine.sync(process.self, 1);
    world.kernel.runUntil(500);
    machine.sync(process.self, 2);
    machine.sync(process.self, 3);
    world.kernel.runUntil(10_000);
    expect(process.seen).toEqual([
      ["synced 1", 1_000],
      ["synced 2", 2_000],
      ["synced 3", 2_000],
    ]);
  });

  test("a crash drops what was not durable, and what comes after it is made durable again", () => {
    machine.sync(process.self, 1);
    machine.sync(process.self, 2);
    world.crash(machine);
    world.restart(machine, false);
    machine.sync(process.self, 3);
    world.kernel.runUntil(10_000);
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted", "synced 3"]);
  });
});

describe("a machine that is paused", () => {
  test("does everything that waited when it goes on, in the order in which it came", () => {
    const edge = witness(world, { zone: 0, network: "backbone" });
    machine.submit(job("a"));
    machine.sync(process.self, 7);
    world.setTimer(process.self, 3, 1_500);
    edge.tell(process, "hello");
    world.kernel.runUntil(500);
    world.pause(machine);
    world.kernel.runUntil(50_000);
    expect(process.seen).toEqual([]);
    world.resume(machine);
    world.kernel.runUntil(60_000);
    expect(process.seen.map(([what]) => what)).toEqual(["done a", "synced 7", "message hello", "timer 3"]);
    expect(new Set(process.seen.map(([, atUs]) => atUs))).toEqual(new Set([50_001]));
  });

  test("does not see a timer that somebody took back while it stood still", () => {
    world.setTimer(process.self, 3, 1_000);
    world.pause(machine);
    world.kernel.runUntil(5_000);
    world.resume(machine);
    world.cancelTimer(process.self, 3);
    world.kernel.runUntil(10_000);
    expect(process.seen).toEqual([]);
  });

  test("and crashes has forgotten all that waited", () => {
    machine.submit(job("a"));
    world.pause(machine);
    world.kernel.runUntil(5_000);
    world.crash(machine);
    world.restart(machine, false);
    world.resume(machine);
    world.kernel.runUntil(10_000);
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted"]);
    expect([machine.busy, machine.queueDepth]).toEqual([0, 0]);
  });
});

describe("a machine that crashes", () => {
  test("loses its jobs, its queue, its timers and what was on the way to it", () => {
    const edge = witness(world, { zone: 0, network: "backbone" });
    for (const name of ["a", "b", "c"]) machine.submit(job(name));
    world.setTimer(process.self, 1, 2_000);
    edge.tell(process, "hello");
    world.kernel.runUntil(500);
    world.crash(machine);
    world.kernel.runUntil(20_000);
    expect(process.seen).toEqual([["crashed", 500]]);
    expect([machine.busy, machine.queueDepth]).toEqual([0, 0]);
  });

  test("does not take the end of a job from before the crash for the end of one after it", () => {
    machine.submit(job("before", 3_000));
    world.kernel.runUntil(1_000);
    world.crash(machine);
    world.restart(machine, false);
    machine.submit(job("after", 5_000));
    world.kernel.runUntil(4_000);
    expect(machine.busy).toBe(1);
    world.kernel.runUntil(10_000);
    expect(process.seen.at(-1)).toEqual(["done after", 6_000]);
  });

  test("comes back once, and says whether its disk came back with it", () => {
    world.crash(machine);
    world.restart(machine, true);
    world.restart(machine, false);
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted empty"]);
  });

  test("counts no work while it is down", () => {
    machine.submit(job("a", 10_000));
    world.kernel.runUntil(2_000);
    world.crash(machine);
    world.kernel.runUntil(50_000);
    expect(machine.busyUs()).toBe(2_000);
  });
});

describe("a machine's clock", () => {
  const clock = (skewUs: number, driftPpm: number) => ({ skewUs, driftPpm, sinceUs: world.kernel.nowUs });

  test("is ahead by its skew, and by its drift the more the longer it runs", () => {
    machine.afflict(1, { clock: clock(-2_000, 0), trouble: "behind" });
    expect(machine.clockUs()).toBe(-2_000);
    world.kernel.runUntil(1_000_000);
    machine.afflict(2, { clock: clock(0, 100_000), trouble: "fast" });
    world.kernel.runUntil(3_000_000);
    expect(machine.clockErrorUs()).toBe(-2_000 + 200_000);
    machine.relieve(1);
    machine.relieve(2);
    expect([machine.clockUs(), machine.clockRate]).toEqual([3_000_000, 1]);
  });

  test("that runs fast lets its timers come early; one that was set to another time does not", () => {
    machine.afflict(1, { clock: clock(0, 250_000), trouble: "fast" });
    world.setTimer(process.self, 1, 10_000);
    machine.afflict(2, { clock: clock(5_000_000, 0), trouble: "leapt" });
    world.setTimer(process.self, 2, 20_000);
    world.kernel.runUntil(100_000);
    expect(process.seen).toEqual([
      ["timer 1", 8_000],
      ["timer 2", 16_000],
    ]);
  });

  test("is as wrong from the start as its level says", () => {
    const other = world.addMachine({
      name: "off",
      zone: 0,
      workers: 1,
      queueCap: 0,
      syncUs: 1,
      clock: clock(7_000, -1_000),
    });
    world.kernel.runUntil(2_000_000);
    expect(other.clockErrorUs()).toBe(7_000 - 2_000);
  });
});

describe("a disk that is full", () => {
  test("lets writes wait, and makes them durable together once there is space", () => {
    machine.sync(process.self, 1);
    machine.afflict(1, { diskUsed: 1, trouble: "full" });
    machine.sync(process.self, 2);
    machine.sync(process.self, 3);
    world.kernel.runUntil(500_000);
    // What was under way had its space.
    expect(process.seen).toEqual([["synced 1", 1_000]]);
    machine.relieve(1);
    world.kernel.runUntil(600_000);
    expect(process.seen.slice(1)).toEqual([
      ["synced 2", 501_000],
      ["synced 3", 501_000],
    ]);
  });

  test("stays full over a restart", () => {
    machine.afflict(1, { diskUsed: 1, trouble: "full" });
    world.crash(machine);
    machine.heal();
    world.restart(machine, false);
    machine.sync(process.self, 1);
    world.kernel.runUntil(500_000);
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted"]);
  });
});

describe("a disk that rots", () => {
  test("is found out by the next sync: its machine stops, and comes back empty", () => {
    machine.afflict(1, { rotten: true, trouble: "rot" });
    world.kernel.runUntil(5_000);
    expect(machine.state).toBe("up");
    machine.sync(process.self, 1);
    world.kernel.runUntil(10_000);
    expect([machine.state, machine.heldDown]).toEqual(["crashed", "crashed"]);
    letGo(world, machine, 1);
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted empty"]);
    expect([machine.state, machine.disk.rotten, machine.disk.gone]).toEqual(["up", false, false]);
  });

  test("is found out by a restart too, once", () => {
    machine.afflict(1, { rotten: true, trouble: "rot" });
    for (let time = 0; time < 2; time++) {
      world.crash(machine);
      machine.heal();
      world.restart(machine, false);
    }
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted empty", "crashed", "restarted"]);
  });
});

describe("a machine that several things hold down", () => {
  const crash = (fault: number) => takeDown(world, machine, fault, { down: "crashed", trouble: "crash" });
  const pause = (fault: number) => takeDown(world, machine, fault, { down: "paused", trouble: "pause" });

  test("comes back with the last of them, not with the first", () => {
    crash(1);
    crash(2);
    letGo(world, machine, 1);
    expect(machine.state).toBe("crashed");
    letGo(world, machine, 2);
    expect(machine.state).toBe("up");
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted"]);
  });

  test("is paused as long as one pause is left, and crashed while it is both", () => {
    pause(1);
    crash(2);
    pause(3);
    expect(machine.state).toBe("crashed");
    letGo(world, machine, 1);
    letGo(world, machine, 2);
    expect(machine.state).toBe("paused");
    letGo(world, machine, 3);
    expect(machine.state).toBe("up");
  });

  test("is up when an operator has restarted it, and the ends of its faults do nothing more", () => {
    crash(1);
    machine.heal();
    world.restart(machine, false);
    letGo(world, machine, 1);
    expect(machine.state).toBe("up");
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted"]);
  });

  test("has lost its disk for good, whoever brings it back", () => {
    takeDown(world, machine, 1, { down: "crashed", diskLost: true, trouble: "crash" });
    machine.heal();
    world.restart(machine, false);
    expect(process.seen.map(([what]) => what)).toEqual(["crashed", "restarted empty"]);
  });

  test("in whatever order they take it and let it go: in the end it is up", () => {
    const moves = fc.shuffledSubarray([0, 0, 1, 1, 2, 2, 3, 3], { minLength: 8 });
    fc.assert(
      fc.property(moves, (order) => {
        const begun = new Set<number>();
        for (const fault of order) {
          if (begun.has(fault)) letGo(world, machine, fault);
          else if (fault % 2 === 0) crash(fault);
          else pause(fault);
          begun.add(fault);
        }
        expect([machine.state, machine.heldDown, machine.trouble]).toEqual(["up", null, ""]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
