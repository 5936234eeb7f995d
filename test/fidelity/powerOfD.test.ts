import { describe, expect, test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import { timeInFarm } from "./farm.ts";
import reference from "./reference/powerOfD.json" with { type: "json" };

const farm = { machines: 100, requests: 150_000, seed: "farm" };

describe("a hundred machines behind a balancer", () => {
  test.each(reference.rows.filter(({ d, lam }) => d === 2 && lam === 0.7))(
    "power of two choices at load $lam takes as long as theory says",
    ({ lam, E_T }) => {
      const ours = timeInFarm({ ...farm, policy: "powerOfTwo", load: lam });
      expectAgreement({ what: "time in system", reference: E_T, ours, allowed: { share: 0.02 } });
    },
  );

  test.each(reference.rows.filter(({ d, lam }) => d === 1 && lam === 0.5))(
    "random choice at load $lam takes as long as so many machines each on its own",
    ({ lam, E_T }) => {
      const ours = timeInFarm({ ...farm, policy: "random", load: lam });
      expectAgreement({ what: "time in system", reference: E_T, ours, allowed: { share: 0.05 } });
    },
  );

  test("asking everybody beats asking two, asking two beats turns, and turns beat chance", () => {
    const at = (policy: "random" | "roundRobin" | "powerOfTwo" | "leastOutstanding") =>
      timeInFarm({ ...farm, requests: 40_000, policy, load: 0.8 });
    expect(at("leastOutstanding")).toBeLessThan(at("powerOfTwo"));
    expect(at("powerOfTwo")).toBeLessThan(at("roundRobin"));
    expect(at("roundRobin")).toBeLessThan(at("random"));
  });
});
