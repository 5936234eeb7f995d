import { describe, expect, test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import { FIGURES, playLightLoad } from "./lightLoad.ts";

/** Stores that go different ways: served where a request comes in, sent on, confirmed, acknowledged by few or all. */
const STORES = [
  { protocol: "single", dial: ["linearizable"] },
  { protocol: "primaryBackup", mode: "async", dial: ["eventual"] },
  { protocol: "primaryBackup", mode: "semiSync", dial: ["linearizable"] },
  { protocol: "primaryBackup", mode: "sync", dial: ["linearizable"] },
  { protocol: "chain", dial: ["linearizable"] },
  { protocol: "quorum", dial: ["linearizable"] },
  { protocol: "raft", dial: ["linearizable"] },
];

describe("while there is hardly anything to do, clients wait as long as the dial says, within a tenth", () => {
  test.each(STORES)("$protocol $mode at $dial", (store) => {
    const { measured, promised } = playLightLoad(store, "light");
    for (const figure of FIGURES) {
      expect(measured[figure]).toBeGreaterThan(0);
      const what = `${figure}: dial and clients`;
      expectAgreement({ what, reference: measured[figure], ours: promised[figure], allowed: { share: 0.1 } });
    }
  });
});
