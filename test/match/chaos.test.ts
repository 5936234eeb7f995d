import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultOf } from "../../shared/faults/registry.ts";
import type { Level } from "../../shared/level/schema.ts";
import { Strength } from "../../shared/match/chaos/strength.ts";
import type { Match } from "../../shared/match/match.ts";
import { wishes } from "./intents.ts";
import { levelFrom } from "./level.ts";
import { play, replay } from "./play.ts";

/** Readers of one store on three nodes, and a director. `rate` is more than a node can bear when it is large. */
function directed({ rate = 20, budget = 30, atOnce = 1, faults = "" } = {}): Level {
  return levelFrom(
    `
version: 1
title: Chaos
teaches: [F5]
operators: 1-4
lasts: 120s
briefing: Somebody pulls plugs.
zones: [A, B, C]
nodes:
  oak: { zone: A, workers: 1, queue: 20 }
  elm: { zone: B, workers: 1, queue: 20 }
  moss: { zone: C, workers: 1, queue: 20 }
components:
  edge: { kind: balancer, in: [A, B, C], to: feed }
  feed: { kind: store, on: [oak, elm, moss], protocol: quorum, dial: [eventual], keys: 20, readTime: 10ms }
  watch: { kind: monitor, in: B }
workload: [{ from: [A, B, C], to: feed, op: read, rate: ${rate}/s }]
contract: { feed: { guarantee: eventual, wrongCosts: 1, answerWithin: 300ms } }
slo: { availability: 90%, correctness: 99% }
faults: [${faults}]
chaos:
  budget: ${budget}
  from: 5s
  every: 6s..14s
  atOnce: ${atOnce}
  kinds:
    - { kind: pause, node: oak, for: 2s, telegraph: 2s }
    - { kind: lossyLink, between: [A, B], loss: 20%, for: 4s, telegraph: 2s }
    - { kind: latencySpike, between: [B, C], times: 3, for: 4s, telegraph: 1s }
    - { kind: slowMachine, node: moss, times: 3, for: 4s, telegraph: 2s, costs: 2 }
verbs: [drain, fence, restart, power, repairLink]
crews: 1
budget: 20
par: { spend: 10 }
policies: { reference: [] }
gates: { loses: [idle], taught: drain }
debrief: Over.
`,
    "test/chaos.yaml",
  );
}

const calm = directed();
/** What was let loose, in order. */
const loosed = (match: Match): string[] => match.faults.slice(match.level.faults.length).map(({ text }) => text);
const planned = (match: Match): string[] => match.chaos.plan.map(({ kind }) => faultOf(kind.kind).describe(kind));

describe("the chaos director", () => {
  test("plans by the seed what could come, within his budget, and never the same twice in a row", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { match } = begun(calm, `plan ${seed}`);
      const plan = match.chaos.plan;
      expect(plan.reduce((sum, { kind }) => sum + kind.costs, 0)).toBe(30);
      expect(plan.filter(({ kind }, place) => kind === plan[place - 1]?.kind)).toEqual([]);
      expect(plan.every(({ gapMs }) => gapMs >= 6_000 && gapMs < 14_000)).toBe(true);
    }
    expect(planned(begun(calm, "one").match)).not.toEqual(planned(begun(calm, "two").match));
  });

  test("lets loose what was planned, in that order, whatever the team does; only the times depend on the team", () => {
    const idle = play(calm, { seed: "same" }).match;
    fc.assert(
      fc.property(wishes(calm, 4), (plan) => {
        const { match } = play(calm, { seed: "same", crew: 4, wishes: plan });
        expect(planned(match)).toEqual(planned(idle));
        expect(loosed(match)).toEqual(planned(match).slice(0, match.chaos.loosed));
      }),
      { seed: 1, numRuns: 5 },
    );
  });

  test("announces each before it begins, and begins none before his time", () => {
    const announced: number[] = [];
    const { match } = play(calm, {
      seed: "tide",
      each: ({ chaos, clockMs }) => {
        while (announced.length < chaos.loosed) announced.push(clockMs);
      },
    });
    expect(announced.length).toBeGreaterThan(5);
    match.faults.forEach(({ fromMs }, place) => {
      expect(fromMs).toBeGreaterThanOrEqual(5_000);
      const { telegraph } = match.chaos.plan[place]!.kind;
      expect(fromMs - announced[place]!).toBeGreaterThan(telegraph - 100);
    });
  });

  test.each([1, 2])("has never more than %i troubles on at once, those of the level counted", (atOnce) => {
    const level = directed({ atOnce, faults: "{ at: 40s, kind: pause, node: elm, for: 3s, telegraph: 2s }" });
    for (const seed of ["a", "b", "c"]) {
      const { match } = play(level, { seed });
      const spans = match.faults.map(({ fromMs, untilMs }, place) => {
        const telegraph = place === 0 ? 2_000 : match.chaos.plan[place - 1]!.kind.telegraph;
        return { fromMs: fromMs - telegraph, untilMs };
      });
      const most = Math.max(
        ...spans.map(({ fromMs }) => spans.filter((one) => one.fromMs <= fromMs && one.untilMs > fromMs).length),
      );
      expect(most, `seed ${seed}`).toBeLessThanOrEqual(atOnce);
      expect(match.chaos.loosed).toBeGreaterThan(3);
    }
  });

  test("gives a strong team more, and one that hurts a rest", () => {
    const strong = play(calm, { seed: "tide" }).match;
    // A crowd that three nodes can't serve: the team is below its promise from the start.
    const weak = play(directed({ rate: 220 }), { seed: "tide" }).match;
    expect(strong.record.ledger.availability).toBeGreaterThan(0.9);
    expect(weak.record.ledger.availability).toBeLessThan(0.85);
    expect(strong.chaos.loosed).toBeGreaterThan(7);
    expect(weak.chaos.loosed).toBe(0);
  });

  test("is the same in a replay: same seed and same intents, same hash", () => {
    const [plan] = fc.sample(wishes(calm, 4), { seed: 3, numRuns: 1 });
    const { match } = play(calm, { seed: "again", crew: 4, wishes: plan! });
    const again = replay(calm, "again", 4, match.log);
    expect(again.stateHash()).toBe(match.stateHash());
    expect(again.faults).toEqual(match.faults);
  });

  function begun(level: Level, seed: string): { match: Match } {
    const { match } = play({ ...level, lasts: 1_000 }, { seed });
    return { match };
  }
});

describe("how strong a team is", () => {
  const counts = (served: number, refused: number) => ({ served, refused, late: 0, unknown: 0, wrong: 0 });

  test("depends on what its users got lately, and all in all", () => {
    const strength = new Strength(0.9);
    expect(strength.temper).toBe("strong");
    strength.note(counts(0, 0));
    strength.note(counts(70, 30));
    expect(strength.temper).toBe("hurting");
    for (let second = 1; second <= 10; second++) strength.note(counts(70 + 10 * second, 30));
    expect(strength.temper).toBe("struggling");
    for (let second = 1; second <= 10; second++) strength.note(counts(170 + 40 * second, 30));
    expect(strength.temper).toBe("strong");
  });
});
