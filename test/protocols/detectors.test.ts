import { describe, expect, test } from "vitest";
import { DETECTOR_DEFAULTS, type FailureDetector } from "../../shared/protocols/detectors/detector.ts";
import { detectors, type DetectorName } from "../../shared/protocols/detectors/registry.ts";
import { DetectorGroup, type DetectorGroupOptions } from "./detectorGroup.ts";

const SEEDS = ["0", "1", "2", "3", "4"];

/** Settings that make each detector fast and careless, or slow and careful. */
const TEMPERS: Record<DetectorName, { readonly fast: Temper; readonly slow: Temper }> = {
  heartbeat: { fast: { timeoutMs: 1_200 }, slow: { timeoutMs: 4_500 } },
  phiAccrual: { fast: { threshold: 1 }, slow: { threshold: 8 } },
  swim: { fast: { intervalMs: 200, pingTimeoutMs: 100, helpers: 0 }, slow: { helpers: 3 } },
};
type Temper = NonNullable<DetectorGroupOptions["settings"]>;

/** False suspicions a minute among five members of whom nobody fails, and the mean time to suspect one that crashes. */
function figuresOf(detector: DetectorName, settings: Temper, loss: number): { errors: number; detectMs: number } {
  let errors = 0;
  let detectMs = 0;
  for (const seed of SEEDS) {
    const group = new DetectorGroup({ detector, members: 5, seed, settings, loss });
    group.run(120_000);
    errors += group.suspicions() / 2 / SEEDS.length;
    group.lose(0);
    group.run(60_000);
    const crashedAtMs = group.nowMs;
    group.crash(4);
    expect(
      group.runUntil(() => group.opinionsOf(4).includes("suspect"), 120_000),
      `seed ${seed}`,
    ).toBe(true);
    detectMs += (group.nowMs - crashedAtMs) / SEEDS.length;
  }
  return { errors, detectMs };
}

describe.each(Object.entries<FailureDetector<unknown, unknown>>(detectors))("%s", (key, detector) => {
  const name = key as DetectorName;

  test("is registered under its own name, and says what it is, where it comes from and what it leaves out", () => {
    expect(detector.name).toBe(name);
    expect(detector.about).toMatch(/^[A-Z].*\.$/);
    expect(detector.source.length).toBeGreaterThan(10);
    for (const sentence of detector.simplified) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test.each([2, 5, 9])("suspects nobody of %i members while signs of life come in time", (members) => {
    for (const seed of SEEDS) {
      const group = new DetectorGroup({ detector: name, members, seed });
      group.run(300_000);
      expect(group.judgements, `seed ${seed}`).toEqual([]);
    }
  });

  test("completeness: everybody suspects a crashed member in the end, and then takes it for dead", () => {
    for (const seed of SEEDS) {
      const group = new DetectorGroup({ detector: name, members: 5, seed, loss: 0.05 });
      group.run(20_000);
      group.crash(2);
      group.run(60_000);
      expect(group.opinionsOf(2), `seed ${seed}`).toEqual(["dead", "dead", "dead", "dead"]);
    }
  });

  test("a suspicion is taken back when the member is heard again", () => {
    for (const seed of SEEDS) {
      const group = new DetectorGroup({ detector: name, members: 5, seed, settings: { suspicionMs: 60_000 } });
      group.run(20_000);
      group.pause(1);
      expect(group.runUntil(() => group.opinionsOf(1).every((opinion) => opinion === "suspect"), 30_000)).toBe(true);
      group.resume(1);
      group.run(10_000);
      expect(group.opinionsOf(1), `seed ${seed}`).toEqual(["alive", "alive", "alive", "alive"]);
    }
  });

  test("one that was taken for dead comes back when it restarts, and takes nobody for dead itself", () => {
    for (const seed of SEEDS) {
      const group = new DetectorGroup({ detector: name, members: 5, seed });
      group.run(20_000);
      group.crash(3);
      group.run(60_000);
      expect(group.opinionsOf(3)).not.toContain("alive");
      group.restart(3);
      group.run(20_000);
      for (let member = 0; member < 5; member++) expect(new Set(group.opinionsOf(member))).toEqual(new Set(["alive"]));
    }
  });

  test("two sides of a cut take each other for dead, and find each other again after it", () => {
    const group = new DetectorGroup({ detector: name, members: 4, seed: "cut" });
    group.run(20_000);
    group.lose(1);
    group.run(40_000);
    for (let member = 0; member < 4; member++) expect(group.opinionsOf(member)).toEqual(["dead", "dead", "dead"]);
    group.lose(0);
    group.run(20_000);
    for (let member = 0; member < 4; member++) expect(group.opinionsOf(member)).toEqual(["alive", "alive", "alive"]);
  });

  test("set to be fast it detects sooner and errs more: over a lossy link nothing is both", () => {
    const fast = figuresOf(name, TEMPERS[name].fast, 0.1);
    const slow = figuresOf(name, TEMPERS[name].slow, 0.1);
    expect(fast.detectMs, JSON.stringify({ fast, slow })).toBeLessThan(slow.detectMs / 1.5);
    expect(fast.errors, JSON.stringify({ fast, slow })).toBeGreaterThan(slow.errors * 3 + 1);
  });

  test("suspicion grows with silence, and stands at 1 when the member is suspected", () => {
    const group = new DetectorGroup({ detector: name, members: 2, seed: "level" });
    group.run(30_000);
    group.crash(1);
    const levels: number[] = [];
    group.runUntil(() => levels.push(group.agents[0]!.suspicion(1)) > 0 && group.opinion(0, 1) !== "alive", 30_000);
    expect(levels).toEqual(levels.toSorted((one, other) => one - other));
    expect(levels[0]).toBeLessThan(1);
    expect(levels.at(-1)).toBeGreaterThanOrEqual(1);
    expect(levels.at(-1)).toBeLessThan(1.1);
  });

  test("keeps its state as plain data, and the same seed makes the same run", () => {
    const run = (): DetectorGroup => {
      const group = new DetectorGroup({ detector: name, members: 5, seed: "same", loss: 0.3 });
      group.run(60_000);
      return group;
    };
    const group = run();
    for (const { state } of group.agents) expect(structuredClone(state)).toEqual(state);
    expect(group.judgements.length).toBeGreaterThan(0);
    expect(run().judgements).toEqual(group.judgements);
  });

  test("goes by new settings from the moment an operator changes them", () => {
    const diedAt = (change: Temper): number => {
      const group = new DetectorGroup({ detector: name, members: 3, seed: "set" });
      group.run(10_000);
      group.configure({ ...DETECTOR_DEFAULTS, ...change });
      group.run(50_000);
      group.crash(2);
      group.run(60_000);
      return group.judgements.find(({ member, opinion }) => member === 2 && opinion === "dead")!.atMs;
    };
    expect(diedAt({ timeoutMs: 1_500, threshold: 2, suspicionMs: 1_000 })).toBeLessThan(diedAt({}) - 2_500);
  });
});

describe("what each is good at", () => {
  /** Silence after which a crash is noticed by one that has listened to a link with this loss for five minutes. */
  function patienceMs(detector: DetectorName, loss: number, settings: Temper = {}): number {
    const group = new DetectorGroup({ detector, members: 2, seed: "patience", settings, loss });
    group.run(300_000);
    group.lose(0);
    group.run(5_000);
    group.crash(1);
    const crashedAtMs = group.nowMs;
    expect(group.runUntil(() => group.opinion(0, 1) !== "alive", 60_000)).toBe(true);
    return group.nowMs - crashedAtMs;
  }

  test("φ grows patient on a lossy link and is quick on a calm one, where a fixed timeout is always the same", () => {
    expect(patienceMs("phiAccrual", 0.2)).toBeGreaterThan(1.5 * patienceMs("phiAccrual", 0));
    expect(Math.abs(patienceMs("heartbeat", 0.2) - patienceMs("heartbeat", 0))).toBeLessThan(50);
  });

  test("a pause that is known to happen can be forgiven, and costs that much in every detection", () => {
    const strict = patienceMs("phiAccrual", 0);
    expect(patienceMs("phiAccrual", 0, { acceptablePauseMs: 3_000 }) - strict).toBeCloseTo(3_000, -2);
  });

  test("each heartbeat more that may be missed makes errors rarer and detection an interval slower", () => {
    const errors = [1, 2, 3].map((missed) => {
      const group = new DetectorGroup({
        detector: "heartbeat",
        members: 5,
        seed: "missed",
        settings: { timeoutMs: 1_500, missed },
        loss: 0.1,
      });
      group.run(300_000);
      return group.suspicions();
    });
    expect(errors[0]).toBeGreaterThan(3 * errors[1]!);
    expect(errors[1]).toBeGreaterThan(3 * errors[2]!);
    const slower = patienceMs("heartbeat", 0, { missed: 3 }) - patienceMs("heartbeat", 0, { missed: 1 });
    expect(Math.abs(slower - 2_000)).toBeLessThan(50);
  });

  test("swim costs each member the same in a large group, where heartbeats grow with everybody who listens", () => {
    const sentBy = (detector: DetectorName, members: number): number => {
      const group = new DetectorGroup({ detector, members, seed: "load" });
      const before = group.world.kernel.events;
      group.run(60_000);
      return (group.world.kernel.events - before) / members;
    };
    expect(sentBy("swim", 40) / sentBy("swim", 10)).toBeLessThan(1.1);
    expect(sentBy("heartbeat", 40) / sentBy("heartbeat", 10)).toBeGreaterThan(3);
  });
});
