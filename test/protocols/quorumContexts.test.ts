import { expect, test } from "vitest";
import { isRefusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import { Match } from "../../shared/match/match.ts";
import { ROLES } from "../../shared/match/roles.ts";

/** Twenty seconds in which a few people of one zone read and write two baskets, 25 times a second each. */
function playBaskets(behind: "balancer" | "service"): readonly number[] {
  const line = { from: ["A"], to: "baskets", rate: "25/s", sessions: 4 };
  const service = { shop: { kind: "service", on: ["a1"], calls: "baskets" } };
  const text = JSON.stringify({
    version: 1,
    title: "Baskets",
    teaches: ["C5"],
    operators: "1-4",
    lasts: "20s",
    briefing: "Baskets that keep what nobody has seen.",
    zones: ["A", "B"],
    links: { "A-B": { p50: "8ms", p99: "20ms" } },
    nodes: { a0: { zone: "A" }, a1: { zone: "A" }, b0: { zone: "B" }, b1: { zone: "B" } },
    components: {
      edge: { kind: "balancer", in: ["A"], to: behind === "service" ? "shop" : "baskets" },
      ...(behind === "service" ? service : {}),
      baskets: {
        kind: "store",
        on: ["a0", "b0", "b1"],
        keys: 2,
        protocol: "quorum",
        conflict: "siblings",
        dial: ["eventual"],
      },
      watch: { kind: "monitor", in: "B" },
    },
    workload: [
      { ...line, op: "read" },
      { ...line, op: "write" },
    ],
    contract: { baskets: { guarantee: "eventual", wrongCosts: 1, answerWithin: "1s", giveUpAfter: "3s" } },
    slo: { availability: "90%", correctness: "90%" },
    faults: [],
    verbs: ["dial"],
    budget: 100,
    par: { spend: 100 },
    policies: { reference: [] },
    gates: { loses: ["idle"], taught: "dial" },
    debrief: "That was it.",
  });
  const level = parseLevel(text, "baskets.yaml");
  if (isRefusal(level)) throw new Error(level.sentence);
  const match = new Match(level, "baskets", [{ name: "Robin", roles: ROLES }]);
  while (!match.over) match.advance();
  const reads = [...match.record.history].filter(({ kind, outcome }) => kind === "read" && outcome === "ok");
  return reads.map(({ results }) => results?.length ?? 0);
}

test.each(["balancer", "service"] as const)(
  "behind a %s, sessions hand back what they have seen: siblings come about, and are replaced by who read them",
  (behind) => {
    const siblings = playBaskets(behind);
    expect(siblings.length).toBeGreaterThan(200);
    expect(Math.max(...siblings)).toBeGreaterThan(1);
    // Two hundred and fifty writes of each basket: blind ones would all stand side by side.
    expect(Math.max(...siblings)).toBeLessThan(25);
  },
);
