import { describe, expect, test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import { expectSide, runMetastable, type MetastableSetup } from "./metastable.ts";
import reference from "./reference/metastable.json" with { type: "json" };

/** A few rows of the metastable failure of Bronson et al. 2021; the whole table runs in `metastable.long.ts`. */
const seed = "metastable";
const rows = reference.rows as readonly (Omit<MetastableSetup, "untilS" | "seed"> & {
  what: string;
  goodput: number;
  offered: number;
})[];
const CURES = ["no trigger", "retry budget 10%", "queue cap 150", "LIFO"];

describe("an outage of ten seconds", () => {
  test.each(reference.late.filter(({ load, retries }) => retries === 1 && [140, 160].includes(load)))(
    "at $load/s with one retry: half the capacity of 300/s is the border between recovery and none",
    ({ load, retries, outageS, goodput }) => {
      const figures = runMetastable({ load, retries, outageS, untilS: 190, seed });
      expectAgreement(expectSide(figures(170, 190), { load, retries }, goodput));
      // Both are stuck at first: recovery takes as long as the backlog needs at what capacity is left.
      expect(figures(60, 80).goodput).toBeLessThan(0.05);
    },
  );

  test.each(rows.filter(({ what, load }) => CURES.includes(what) && (load === 280 || what === "retry budget 10%")))(
    "$what: at $load/s the system is well a minute later",
    ({ goodput, ...row }) => {
      expectAgreement(expectSide(runMetastable({ ...row, untilS: 80, seed })(60, 80), row, goodput));
    },
  );
});
