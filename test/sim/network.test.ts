import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { exponential } from "../../shared/core/distribution.ts";
import { CHANNEL } from "../../shared/sim/process.ts";
import { FLOW } from "../../shared/sim/flows.ts";
import { World } from "../../shared/sim/world.ts";
import { addMachine, quietWorld, witness, type Witness } from "./witness.ts";

let world: World;
let a: Witness;
let b: Witness;

beforeEach(() => {
  world = quietWorld(2);
  a = witness(world, { zone: 0, network: "backbone" });
  b = witness(world, { zone: 1, network: "backbone" });
});

const cut = { cut: true, trouble: "cut" };

function sendMany(count: number): number {
  for (let i = 0; i < count; i++) a.tell(b, String(i));
  world.kernel.runUntil(world.kernel.nowUs + 1_000_000);
  return b.seen.length;
}

describe("a lane", () => {
  test("carries a message in its own time, and nothing while it is cut", () => {
    a.tell(b, "before");
    world.kernel.runUntil(20_000);
    world.network.lane(0, 1).afflict(1, cut);
    a.tell(b, "lost");
    world.kernel.runUntil(40_000);
    world.network.lane(0, 1).relieve(1);
    a.tell(b, "after");
    world.kernel.runUntil(60_000);
    expect(b.seen).toEqual([
      ["message before", 10_000],
      ["message after", 50_000],
    ]);
  });

  test("that is cut one way still carries the other way", () => {
    world.network.lane(0, 1).afflict(1, cut);
    a.tell(b, "there");
    b.tell(a, "back");
    world.kernel.runUntil(20_000);
    expect([a.seen.length, b.seen.length]).toEqual([1, 0]);
  });

  test("loses the share that it is said to lose, and two sorrows lose independently", () => {
    const lane = world.network.lane(0, 1);
    lane.afflict(1, { loss: 0.2, trouble: "one" });
    lane.afflict(2, { loss: 0.5, trouble: "two" });
    expect(lane.loss).toBeCloseTo(0.6, 12);
    const arrived = sendMany(20_000);
    // Four standard deviations of a binomial.
    expect(Math.abs(arrived - 8_000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.6 * 0.4));
  });

  test("forgets one of two afflictions without forgetting the other", () => {
    const lane = world.network.lane(0, 1);
    lane.afflict(1, { slowdown: 3, trouble: "slow" });
    lane.afflict(2, { cut: true, slowdown: 2, trouble: "cut" });
    expect([lane.cut, lane.slowdown, lane.trouble]).toEqual([true, 6, "cut"]);
    lane.relieve(2);
    expect([lane.cut, lane.slowdown, lane.trouble]).toEqual([false, 3, "slow"]);
    lane.relieve(2);
    lane.relieve(1);
    expect([lane.cut, lane.slowdown, lane.loss, lane.trouble]).toEqual([false, 1, 0, ""]);
  });

  test("that a crew mended is well, whatever ailed it, and stays well when the faults end", () => {
    const lane = world.network.lane(0, 1);
    lane.afflict(1, cut);
    lane.afflict(2, { loss: 0.5, slowdown: 4, trouble: "loss" });
    lane.mend();
    lane.relieve(1);
    expect([lane.cut, lane.loss, lane.slowdown, lane.trouble]).toEqual([false, 0, 1, ""]);
  });

  test("whatever afflicts it in whatever order, in the end it is as it was", () => {
    const affliction = fc.record({
      cut: fc.boolean(),
      loss: fc.constantFrom(0, 0.1, 0.9),
      slowdown: fc.constantFrom(1, 5),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), affliction), { maxLength: 12 }), (sorrows) => {
        const lane = world.network.lane(0, 1);
        for (const [fault, sorrow] of sorrows) lane.afflict(fault, { ...sorrow, trouble: `fault ${fault}` });
        for (let fault = 0; fault < 5; fault++) lane.relieve(fault);
        expect([lane.cut, lane.loss, lane.slowdown, lane.trouble]).toEqual([false, 0, 1, ""]);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe("a lane that repeats", () => {
  test("delivers the share of messages twice that it is said to, the second in a time of its own", () => {
    world.network.lane(0, 1).afflict(1, { duplicate: 0.3, trouble: "twice" });
    // Four standard deviations of a binomial.
    expect(Math.abs(sendMany(10_000) - 13_000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.3 * 0.7));
  });

  test("delivers nothing twice on an ordered connection", () => {
    world.network.lane(0, 1).afflict(1, { duplicate: 0.9, trouble: "twice" });
    for (let i = 0; i < 100; i++) world.sendInOrder(a.self, b.self, String(i), CHANNEL.replicas, FLOW.none);
    world.kernel.runUntil(1_000_000);
    expect(b.seen).toHaveLength(100);
  });
});

describe("a lane that reorders", () => {
  const numbers = () => b.seen.map(([what]) => Number(what.slice(8)));

  test("holds some messages back, so that later ones overtake them; none is lost", () => {
    world.network.lane(0, 1).afflict(1, { reorder: 0.2, reorderMs: 50, trouble: "muddled" });
    sendInSteps((text) => a.tell(b, text));
    expect(numbers()).not.toEqual(inOrder);
    expect(numbers().toSorted((x, y) => x - y)).toEqual(inOrder);
  });

  test("lets the later ones wait on an ordered connection", () => {
    world.network.lane(0, 1).afflict(1, { reorder: 0.2, reorderMs: 50, trouble: "muddled" });
    sendInSteps((text) => world.sendInOrder(a.self, b.self, text, CHANNEL.replicas, FLOW.none));
    expect(numbers()).toEqual(inOrder);
    expect(b.seen.some(([, atUs], place) => atUs > place * 1_000 + 20_000)).toBe(true);
  });

  const inOrder = Array.from({ length: 200 }, (_, place) => place);

  /** One message a millisecond. */
  function sendInSteps(send: (text: string) => void): void {
    for (const place of inOrder) {
      world.kernel.runUntil(place * 1_000);
      send(String(place));
    }
    world.kernel.runUntil(1_000_000);
  }
});

describe("a narrow lane", () => {
  const tell = (text: string, bytes: number): void =>
    world.send(a.self, b.self, text, CHANNEL.replicas, -1, FLOW.none, bytes);

  test("takes its time for every byte, one message after the other", () => {
    world.network.lane(0, 1).afflict(1, { bytesPerSecond: 100_000, trouble: "narrow" });
    for (const text of ["a", "b", "c"]) tell(text, 2_000);
    world.kernel.runUntil(1_000_000);
    // 2,000 bytes take 20 ms, and the way 10 ms.
    expect(b.seen.map(([, atUs]) => atUs)).toEqual([30_000, 50_000, 70_000]);
  });

  test("drops what would wait longer than a second", () => {
    world.network.lane(0, 1).afflict(1, { bytesPerSecond: 100_000, trouble: "narrow" });
    for (let i = 0; i < 100; i++) tell(String(i), 2_000);
    world.kernel.runUntil(5_000_000);
    // One leaves at once, fifty fit into a second's wait.
    expect(b.seen).toHaveLength(51);
  });

  test("is as wide as the link when it is well, and the narrowest of several limits when it is not", () => {
    const other = new World(2, () => ({ p50Ms: 1, p99Ms: 1, bytesPerSecond: 5_000 }), "narrow");
    const lane = other.network.lane(0, 1);
    expect(lane.bytesPerSecond).toBe(5_000);
    lane.afflict(1, { bytesPerSecond: 900, trouble: "one" });
    lane.afflict(2, { bytesPerSecond: 9_000, trouble: "two" });
    expect(lane.bytesPerSecond).toBe(900);
    lane.relieve(1);
    expect(lane.bytesPerSecond).toBe(5_000);
  });

  test("counts what was sent over it, lost or not; what stays in a zone crosses no border", () => {
    const near = witness(world, { zone: 0, network: "backbone" });
    const away = addMachine(world, 0);
    const process = witness(world, { machine: away.index });
    world.network.lane(0, 1).afflict(1, { loss: 0.5, trouble: "loss" });
    for (let i = 0; i < 10; i++) tell("over", 1_000);
    world.send(near.self, process.self, "within", CHANNEL.replicas, -1, FLOW.none, 7_000);
    expect(world.network.lane(0, 1).bytes).toBe(10_000);
    expect(world.network.crossZoneBytes()).toBe(10_000);
  });
});

describe("the luck of the network", () => {
  const delays = (spoil: (world: World) => void): number[] => {
    const other = new World(2, () => ({ p50Ms: 10, p99Ms: 40 }), "luck");
    const from = witness(other, { zone: 0, network: "backbone" });
    const to = witness(other, { zone: 1, network: "backbone" });
    spoil(other);
    for (let i = 0; i < 50; i++) {
      other.kernel.runUntil((i + 1) * 1_000_000);
      if (i === 20) other.network.lane(0, 1).relieve(1);
      from.tell(to, String(i));
    }
    other.kernel.runUntil(60_000_000);
    return to.seen.map(([, atUs]) => atUs % 1_000_000).slice(-29);
  };

  test("of later messages is the same, whether earlier ones were lost, cut off or came through", () => {
    const calm = delays(() => undefined);
    expect(delays((other) => other.network.lane(0, 1).afflict(1, cut))).toEqual(calm);
    expect(delays((other) => other.network.lane(0, 1).afflict(1, { loss: 0.5, trouble: "loss" }))).toEqual(calm);
    expect(delays((other) => other.network.lane(1, 0).afflict(1, cut))).toEqual(calm);
    const muddle = { duplicate: 0.5, reorder: 0.5, reorderMs: 20, bytesPerSecond: 5_000, trouble: "muddle" };
    expect(delays((other) => other.network.lane(0, 1).afflict(1, muddle))).toEqual(calm);
  });

  test("follows the distribution that a link brings along", () => {
    const other = new World(1, () => ({ p50Ms: 0, p99Ms: 0, delayUs: exponential(5_000) }), "link");
    const lane = other.network.lane(0, 0);
    let sum = 0;
    for (let i = 0; i < 100_000; i++) sum += lane.carry(0, 0);
    expect(Math.abs(sum / 100_000 / 5_000 - 1)).toBeLessThan(4 / Math.sqrt(100_000));
  });

  test("gives a log-normal link the median and the 99th percentile that the level asks for", () => {
    const other = new World(1, () => ({ p50Ms: 20, p99Ms: 60 }), "quantiles");
    const lane = other.network.lane(0, 0);
    const drawn = Float64Array.from({ length: 100_000 }, () => lane.carry(0, 0)).sort();
    expect(Math.abs(drawn[50_000]! / 20_000 - 1)).toBeLessThan(0.01);
    expect(Math.abs(drawn[99_000]! / 60_000 - 1)).toBeLessThan(0.03);
  });
});

describe("the planes of the network", () => {
  test("clients ask and are answered on lanes of their own, nodes talk on the backbone", () => {
    const client = witness(world, { zone: 0, network: "public" });
    world.network.lane(0, 1).afflict(1, cut);
    client.tell(b, "asked");
    a.tell(b, "replicated");
    b.tell(client, "answered");
    world.kernel.runUntil(20_000);
    expect(b.seen.map(([what]) => what)).toEqual(["message asked"]);
    expect(client.seen.map(([what]) => what)).toEqual(["message answered"]);
    world.network.asks(0, 1).afflict(1, cut);
    client.tell(b, "unheard");
    b.tell(client, "still answered");
    world.kernel.runUntil(40_000);
    expect([b.seen.length, client.seen.length]).toEqual([1, 2]);
  });

  test("on an ordered connection nothing overtakes; as single messages some do", () => {
    const windy = () => new World(2, () => ({ p50Ms: 10, p99Ms: 100 }), "wind");
    const arrivals = (send: (world: World, from: number, to: number, text: string) => void) => {
      const other = windy();
      const from = witness(other, { zone: 0, network: "backbone" });
      const to = witness(other, { zone: 1, network: "backbone" });
      for (let i = 0; i < 100; i++) send(other, from.self, to.self, String(i));
      other.kernel.runUntil(10_000_000);
      return to.seen.map(([what]) => Number(what.slice(8)));
    };
    const inOrder = Array.from({ length: 100 }, (_, i) => i);
    expect(arrivals((it, from, to, text) => it.sendInOrder(from, to, text, CHANNEL.replicas, FLOW.none))).toEqual(
      inOrder,
    );
    const loose = arrivals((it, from, to, text) => it.send(from, to, text, CHANNEL.replicas, -1, FLOW.none));
    expect(loose).not.toEqual(inOrder);
    expect(loose.toSorted((x, y) => x - y)).toEqual(inOrder);
  });
});
