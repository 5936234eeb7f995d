import { describe, expect, test } from "vitest";
import { Yard } from "./yard.ts";

const seed = "ejection";
const NODES = ["oak", "elm", "ash", "fir", "yew"];

/** Five nodes of a service behind a balancer; on the first the work is a hundred times as slow, though it is alive. */
function grayNode(more: object): { served: number; late: number } {
  const yard = new Yard({
    seed,
    machines: Object.fromEntries(NODES.map((name) => [name, { workers: 2, queueCap: 5 }])),
    components: {
      bank: { kind: "partner", in: "A", p50: "5ms", p99: "10ms" },
      shop: { kind: "service", on: NODES, calls: "bank", time: "10ms", workers: 10, queue: 0 },
      edge: { kind: "balancer", in: ["A"], to: "shop", ...more },
    },
  });
  yard.world.machines[0]!.afflict(1, { slowdown: 100, trouble: "slow" });
  const source = yard.ask({ via: "edge", to: "bank", perSecond: 100, untilMs: 60_000, giveUpMs: 5_000 });
  yard.runUntil(70_000);
  return { served: yard.served(source, 15_000, 40_000), late: yard.served(source, 0, 9_000) };
}

describe("a balancer that leaves out who answers with errors", () => {
  const ejectErrors = { errors: "50%", for: "60s", atMost: "20%" };

  test("finds the gray node that its health checks take for well", () => {
    expect(grayNode({}).served).toBeLessThan(0.85);
    expect(grayNode({ ejectErrors }).served).toBeGreaterThan(0.999);
  });

  test("needs an interval to find out", () => {
    expect(grayNode({ ejectErrors }).late).toBeLessThan(0.85);
  });

  test("lets it in again after a while, and leaves it out for longer the next time", () => {
    const { served } = grayNode({ ejectErrors: { ...ejectErrors, interval: "2s", for: "2s" } });
    expect(served).toBeGreaterThan(0.9);
    expect(served).toBeLessThan(0.999);
  });

  test("never leaves out more than its share, even when all fail", () => {
    const yard = new Yard({
      seed,
      machines: Object.fromEntries(NODES.map((name) => [name, {}])),
      components: {
        bank: { kind: "partner", in: "A", p50: "5ms", p99: "10ms" },
        shop: { kind: "service", on: NODES, calls: "bank", attempts: 1 },
        edge: { kind: "balancer", in: ["A"], to: "shop", ejectErrors: { interval: "1s", for: "60s", atMost: "40%" } },
      },
    });
    yard.partner("bank").outage(1, 1);
    yard.ask({ via: "edge", to: "bank", perSecond: 100, untilMs: 10_000 });
    yard.runUntil(3_000);
    yard.world.flows.take();
    yard.runUntil(9_000);
    // Places: the clients of the zone first, then the machines.
    const asked = yard.world.flows.take().filter(({ from, to, counts }) => from === 0 && to > 0 && counts[0]! > 0);
    expect(asked.length).toBe(3);
  });
});
