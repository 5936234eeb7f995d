import { beforeAll, describe, expect, test } from "vitest";
import { anomalyCards } from "../../shared/checkers/anomalies/registry.ts";
import { msOf } from "../../shared/core/time.ts";
import type { AnomalyRow, Debrief } from "../../shared/match/debrief.ts";
import type { Match } from "../../shared/match/match.ts";
import { brokenRing } from "../property/orderTruth.ts";
import { readLevel } from "./level.ts";
import { play } from "./play.ts";

/** A level whose stores, turned to their weakest, break two different promises when the cut comes. */
const THREE_PROMISES = { ...readLevel("levels/06-three-promises.yaml"), lasts: 200_000 };

let match: Match;
let debrief: Debrief;
beforeAll(() => {
  const turns = (["payments", "feed"] as const).map((store) => ({
    afterTicks: 20,
    operator: 0,
    intent: { verb: "dial" as const, store, stop: store === "feed" ? ("eventual" as const) : ("session" as const) },
  }));
  ({ match } = play(THREE_PROMISES, { seed: "KELP", wishes: turns }));
  debrief = match.debrief();
}, 120_000);

const kindOf = ({ name, component }: Pick<AnomalyRow, "name" | "component">) => `${name} ${component}`;

describe("the wrong answers of a debrief", () => {
  test("are counted by name and component, and the counts add up to the ledger's", () => {
    const { anomalies, counts } = debrief;
    expect(anomalies.length).toBeGreaterThan(1);
    expect(anomalies.reduce((sum, { count }) => sum + count, 0)).toBe(counts.wrong);
    expect(new Set(anomalies.map(kindOf)).size).toBe(anomalies.length);
    expect(anomalies.map(({ count }) => count)).toEqual(anomalies.map(({ count }) => count).toSorted((a, b) => b - a));
  });

  test("have their moments in order, no more than can be drawn, from the first to the last", () => {
    expect(Math.max(...debrief.anomalies.map(({ count }) => count))).toBeGreaterThan(500);
    for (const { moments, count, fromMs, untilMs } of debrief.anomalies) {
      expect(moments).toHaveLength(Math.min(count, 500));
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      expect([moments[0], moments.at(-1)]).toEqual([fromMs, untilMs]);
    }
  });

  test("are told as up to five stories, every kind before any kind twice, and each about a key of its own", () => {
    const { stories, anomalies } = debrief;
    expect(stories).toHaveLength(5);
    const first = stories.slice(0, anomalies.length).map(kindOf);
    expect(new Set(first).size).toBe(Math.min(5, anomalies.length));
    expect(new Set(stories.map((story) => `${kindOf(story)} ${story.key}`)).size).toBe(5);
    const price = (component: string) => THREE_PROMISES.contract[component]!.wrongCosts;
    const dearest = Math.max(...anomalies.map(({ component }) => price(component)));
    expect(price(stories[0]!.component)).toBe(dearest);
  });

  test("say what they are, how often there were such, and when to look", () => {
    for (const story of debrief.stories) {
      const row = debrief.anomalies.find((it) => kindOf(it) === kindOf(story))!;
      expect(story).toMatchObject(anomalyCards[story.name as keyof typeof anomalyCards]);
      expect([story.wrongInAll, story.fromMs, story.untilMs]).toEqual([row.count, row.fromMs, row.untilMs]);
      const blamed = story.operations.filter((it) => it.blamed);
      expect(blamed).toHaveLength(1);
      expect(story.atMs).toBe(blamed[0]!.invokedAtMs);
    }
  });

  test("name the operations of the history, and an order of them that comes back to its beginning", () => {
    for (const { operations, order } of debrief.stories) {
      for (const { id, invokedAtMs } of operations) {
        expect(msOf(match.record.history.operation(id).invokedAtUs)).toBe(invokedAtMs);
      }
      expect(order.length).toBeGreaterThan(1);
      const places = [...operations.keys()];
      expect(brokenRing({ order, witness: places })).toBe(undefined);
      expect(order.every(({ words }) => /^[a-z]/.test(words))).toBe(true);
    }
  });

  test("are none where every answer was right", () => {
    const { match: empty } = play({ ...THREE_PROMISES, workload: [], lasts: 5_000 }, {});
    expect(empty.debrief()).toMatchObject({ stories: [], anomalies: [] });
  });
});
