import { beforeEach, describe, expect, test } from "vitest";
import type { Machine } from "../../shared/sim/machine.ts";
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
