import { describe, expect, test } from "vitest";
import type { Setting } from "../../shared/components/site.ts";
import { Yard } from "./yard.ts";

/** Two designs before the same bank, each on a node of its own, and how many requests each let through. */
function twoWays(): { yard: Yard; through: Setting; passed: () => readonly number[] } {
  const yard = new Yard({
    seed: "ways",
    machines: { oak: {}, elm: {} },
    components: {
      bank: { kind: "partner", in: "A", p50: "5ms", p99: "10ms" },
      whole: { kind: "service", on: ["oak"], calls: "bank" },
      split: { kind: "service", on: ["elm"], calls: "bank" },
      edge: { kind: "balancer", in: ["A"], to: ["whole", "split"] },
    },
  });
  const through = yard.get("edge").settings!.find(({ name }) => name === "through")!;
  return { yard, through, passed: () => yard.world.machines.map((machine) => machine.busyUs()) };
}

describe("a balancer before several designs", () => {
  test("asks the first of them until it is told otherwise, and then the other, for the same data", () => {
    const { yard, through, passed } = twoWays();
    const source = yard.ask({ via: "edge", to: "bank", perSecond: 50, untilMs: 4_000 });
    yard.runUntil(2_000);
    const [whole, split] = passed();
    expect(whole).toBeGreaterThan(0);
    expect(split).toBe(0);
    expect(through.choices).toEqual(["whole", "split"]);
    through.set(1);
    expect(yard.get("edge").next?.(yard.get("bank").index)?.name).toBe("split");
    // What was on its way to the old design is still answered there.
    yard.runUntil(2_100);
    const settled = passed()[0];
    yard.runUntil(5_000);
    expect(passed()[0]).toBe(settled);
    expect(passed()[1]).toBeGreaterThan(0);
    expect(yard.served(source)).toBe(1);
  });

  test("has nothing to choose where only one way leads to anything", () => {
    const yard = new Yard({
      seed: "ways",
      machines: { oak: {} },
      components: {
        bank: { kind: "partner", in: "A" },
        shop: { kind: "service", on: ["oak"], calls: "bank" },
        fraud: { kind: "partner", in: "A" },
        edge: { kind: "balancer", in: ["A"], to: ["shop", "fraud"] },
      },
    });
    expect(yard.get("edge").settings).toEqual([]);
  });
});
