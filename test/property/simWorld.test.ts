import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventQueue } from "../../shared/sim/eventQueue.ts";
import { HeapQueue } from "../../shared/sim/heapQueue.ts";
import { Kernel } from "../../shared/sim/kernel.ts";
import { TimingWheel } from "../../shared/sim/timingWheel.ts";
import { World } from "../../shared/sim/world.ts";
import { addMachine, witness, type Sighting, type Witness } from "../sim/witness.ts";

const MACHINES = 3;
const machine = fc.nat(MACHINES - 1);

/** What happens to a small world: work, messages, timers, troubles, and time that passes. */
const move = fc.oneof(
  fc.record({ do: fc.constant("tell" as const), from: machine, to: machine }),
  fc.record({ do: fc.constant("submit" as const), on: machine, costUs: fc.constantFrom(0, 100, 3_000) }),
  fc.record({ do: fc.constant("sync" as const), on: machine }),
  fc.record({
    do: fc.constant("timer" as const),
    on: machine,
    name: fc.nat(2),
    delayUs: fc.constantFrom(1, 500, 20_000),
  }),
  fc.record({
    do: fc.constantFrom("pause" as const, "resume" as const, "crash" as const, "restart" as const),
    on: machine,
  }),
  fc.record({ do: fc.constantFrom("cut" as const, "heal" as const), from: machine, to: machine }),
  fc.record({ do: fc.constant("pass" as const), us: fc.constantFrom(1, 50, 1_000, 15_000) }),
);
type Move = typeof move extends fc.Arbitrary<infer It> ? It : never;
const moves = fc.array(move, { minLength: 1, maxLength: 80 });
const isTrouble = (one: Move): boolean => ["pause", "resume", "crash", "restart", "cut", "heal"].includes(one.do);

/** What became of a world: all that its processes saw, its hash, and what was accepted. */
interface Story {
  readonly seen: readonly (readonly Sighting[])[];
  readonly digest: string;
  readonly accepted: readonly string[];
  readonly world: World;
}

function live(plan: readonly Move[], queue: EventQueue): Story {
  const world = new World(MACHINES, () => ({ p50Ms: 5, p99Ms: 20 }), "world", new Kernel(queue));
  for (let zone = 0; zone < MACHINES; zone++) addMachine(world, zone);
  const people: Witness[] = world.machines.map(({ index }) => witness(world, { machine: index }));
  const accepted: string[] = [];
  plan.forEach((one, id) => {
    if (one.do === "tell") {
      people[one.from]!.tell(people[one.to]!, `${id}`);
      accepted.push(`message ${id}`);
    } else if (one.do === "submit") {
      const job = { process: people[one.on]!.self, subject: `${id}`, costUs: one.costUs };
      if (world.machines[one.on]!.state === "up" && world.machines[one.on]!.submit(job)) accepted.push(`done ${id}`);
    } else if (one.do === "sync") {
      if (world.machines[one.on]!.state !== "up") return;
      world.machines[one.on]!.sync(people[one.on]!.self, id);
      accepted.push(`synced ${id}`);
    } else if (one.do === "timer") {
      if (world.machines[one.on]!.state === "up") world.setTimer(people[one.on]!.self, one.name, one.delayUs);
    } else if (one.do === "pause") world.pause(world.machines[one.on]!);
    else if (one.do === "resume") world.resume(world.machines[one.on]!);
    else if (one.do === "crash") world.crash(world.machines[one.on]!);
    else if (one.do === "restart") world.restart(world.machines[one.on]!, false);
    else if (one.do === "cut") world.network.lane(one.from, one.to).afflict(1, { cut: true, trouble: "cut" });
    else if (one.do === "heal") world.network.lane(one.from, one.to).relieve(1);
    else if (one.do === "pass") world.kernel.runUntil(world.kernel.nowUs + one.us);
    expectBounds(world);
  });
  for (const one of world.machines) world.resume(one);
  world.kernel.runUntil(world.kernel.nowUs + 10_000_000);
  return { seen: people.map(({ seen }) => seen), digest: world.kernel.digest(), accepted, world };
}

function expectBounds({ machines }: World): void {
  for (const { busy, workers, queueDepth, queueCap, state } of machines) {
    expect(busy).toBeGreaterThanOrEqual(0);
    expect(busy).toBeLessThanOrEqual(workers);
    expect(queueDepth).toBeLessThanOrEqual(queueCap);
    if (state === "crashed" || state === "off") expect(busy + queueDepth).toBe(0);
  }
}

const texts = ({ seen }: Story): string[] => seen.flat().map(([what]) => what);
const isWork = (what: string): boolean => /^(message|done|synced)/.test(what);

describe("a world", () => {
  test("is the same world with either event queue, and each time", () => {
    fc.assert(
      fc.property(moves, (plan) => {
        const wheel = live(plan, new TimingWheel());
        for (const again of [live(plan, new TimingWheel()), live(plan, new HeapQueue())]) {
          expect(again.seen).toEqual(wheel.seen);
          expect(again.digest).toBe(wheel.digest);
        }
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  test("without troubles finishes all that it accepted, each thing once", () => {
    fc.assert(
      fc.property(moves, (plan) => {
        const story = live(
          plan.filter((one) => !isTrouble(one)),
          new TimingWheel(),
        );
        expect(texts(story).filter(isWork).toSorted()).toEqual([...story.accepted].toSorted());
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  test("with pauses alone loses nothing: everything is done in the end, if late", () => {
    fc.assert(
      fc.property(moves, (plan) => {
        const story = live(
          plan.filter((one) => !isTrouble(one) || one.do === "pause" || one.do === "resume"),
          new TimingWheel(),
        );
        expect(texts(story).filter(isWork).toSorted()).toEqual([...story.accepted].toSorted());
      }),
      { seed: 3, numRuns: 150 },
    );
  });

  test("with any troubles does nothing twice and nothing that was not asked, and forgets its work in a crash", () => {
    fc.assert(
      fc.property(moves, (plan) => {
        const story = live(plan, new TimingWheel());
        const done = texts(story).filter(isWork);
        expect(new Set(done).size).toBe(done.length);
        expect(done.filter((what) => !story.accepted.includes(what))).toEqual([]);
        for (const one of story.world.machines) expect([one.busy, one.queueDepth]).toEqual([0, 0]);
      }),
      { seed: 4, numRuns: 150 },
    );
  });

  test("never shows a process anything between its crash and its restart", () => {
    fc.assert(
      fc.property(moves, (plan) => {
        const next = live(plan, new TimingWheel()).seen.flatMap((seen) =>
          seen.flatMap(([what], place) => (what === "crashed" ? seen.slice(place + 1, place + 2) : [])),
        );
        expect(next.map(([what]) => what).filter((what) => what !== "restarted")).toEqual([]);
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});
