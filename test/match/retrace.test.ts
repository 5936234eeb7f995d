import { expect, test } from "vitest";
import { readLevel } from "./level.ts";
import { play } from "./play.ts";

const TEN_PARTS = readLevel("test/levels/rows/a3-ten-parts.yaml");

test("when clients are moved from one design to another, monitoring shows the requests where they now are", () => {
  const rates: Record<string, number>[] = [];
  play(TEN_PARTS, {
    wishes: [{ afterTicks: 200, operator: 0, intent: { verb: "set", component: "edge", setting: "through", value: 1 } }],
    each(match) {
      if (match.tick !== 190 && match.tick !== 400) return;
      const { components } = match.view(0);
      rates.push(Object.fromEntries(components.map(({ name, ratePerSecond }) => [name, ratePerSecond])));
    },
  });
  const [before, after] = rates;
  expect(before).toMatchObject({ whole: 0, edge: before!["orders"] });
  expect(before!["taxes"]).toBeGreaterThan(5);
  expect(after!["taxes"]).toBe(0);
  expect(after!["whole"]).toBeGreaterThan(5);
});
