import { describe, expect, test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import { runStation } from "./station.ts";
import reference from "./reference/queueing.json" with { type: "json" };

/** Exact results of queueing theory against a machine of ours; the whole table runs in `queueing.long.ts`. */
const REQUESTS = 200_000;
const seed = "queueing";

describe("a machine queues as theory says", () => {
  test.each(reference.mm1.filter(({ rho }) => rho === 0.5))("M/M/1 at load $rho: mean time in system", ({ rho, W }) => {
    const ours = runStation({ service: "M", servers: 1, room: Infinity, load: rho, requests: REQUESTS, seed });
    expectAgreement({ what: "time in system", reference: W, ours: ours.timeInSystem, allowed: { share: 0.02 } });
    expectAgreement({ what: "load", reference: rho, ours: ours.busy, allowed: { share: 0.01 } });
  });

  test.each(reference.md1.filter(({ rho }) => rho === 0.8))(
    "M/D/1 at load $rho: half the wait of M/M/1",
    ({ rho, W }) => {
      const ours = runStation({ service: "D", servers: 1, room: Infinity, load: rho, requests: REQUESTS, seed });
      expectAgreement({ what: "time in system", reference: W, ours: ours.timeInSystem, allowed: { share: 0.02 } });
    },
  );

  test.each(reference.mmc.filter(({ c, rho }) => c === 4 && rho === 0.7))(
    "M/M/$c at load $rho: one queue before many workers",
    ({ c, rho, W }) => {
      const ours = runStation({ service: "M", servers: c, room: Infinity, load: rho, requests: REQUESTS, seed });
      expectAgreement({ what: "time in system", reference: W, ours: ours.timeInSystem, allowed: { share: 0.02 } });
    },
  );

  test.each(reference.mmck.filter(({ c, K, rho }) => (c === 1 && K === 10) || (c === 4 && rho === 1.2)))(
    "M/M/$c/$K at load $rho: a full queue turns away as many as theory says",
    ({ c, K, rho, W, blocked }) => {
      const ours = runStation({ service: "M", servers: c, room: K, load: rho, requests: REQUESTS, seed });
      expectAgreement({ what: "blocked", reference: blocked, ours: ours.blocked, allowed: { share: 0.03 } });
      expectAgreement({ what: "time in system", reference: W, ours: ours.timeInSystem, allowed: { share: 0.02 } });
    },
  );

  test.each([
    { service: "M", servers: 1, room: Infinity, load: 0.8 },
    { service: "D", servers: 1, room: Infinity, load: 0.9 },
    { service: "M", servers: 8, room: 16, load: 1 },
  ] as const)("Little's law holds for any $service service, $servers workers and load $load", (setup) => {
    const { inSystem, throughput, timeInSystem } = runStation({ ...setup, requests: 100_000, seed });
    const what = "number in system";
    expectAgreement({ what, reference: throughput * timeInSystem, ours: inSystem, allowed: { share: 0.001 } });
    expect(inSystem).toBeGreaterThan(1);
  });
});
