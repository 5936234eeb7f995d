import { afterAll, describe, expect, test } from "vitest";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import { expectSide, runMetastable, type MetastableSetup } from "./metastable.ts";
import reference from "./reference/metastable.json" with { type: "json" };

const seed = "metastable";
const table: Row[] = [];
type Case = Omit<MetastableSetup, "untilS" | "seed"> & { readonly what: string; readonly goodput: number };

const cases = reference.rows as readonly Case[];

/** Stuck a minute later, though all attempts together are less than the server can do: when it is back is luck's to say. */
function isOnTheWay({ load, retries, goodput }: Case): boolean {
  return goodput < 0.5 && (1 + retries) * load < reference.capacity;
}

function agree(row: Row): void {
  table.push(row);
  expectAgreement(row);
}

describe("a metastable failure", () => {
  test.each(cases.filter((row) => !isOnTheWay(row)))(
    "$load/s, $what: a minute after it",
    ({ goodput, what, ...row }) => {
      const side = expectSide(runMetastable({ ...row, untilS: 80, seed })(60, 80), row, goodput);
      agree({ ...side, what: `${what}: ${side.what}` });
    },
  );

  test.each(cases.filter(isOnTheWay))(
    "$load/s, $what: below the border it is on its way back, and well after twice the time that its backlog needs",
    ({ goodput: _, what, ...row }) => {
      const attempts = (1 + row.retries) * row.load;
      const untilS = Math.ceil((2 * row.outageS * attempts) / (reference.capacity - attempts));
      const side = expectSide(runMetastable({ ...row, untilS, seed })(untilS - 20, untilS), row, 1);
      agree({ ...side, what: `${what}, ${untilS} s later: ${side.what}` });
    },
  );

  test.each(reference.late)(
    "$load/s with $retries retries: two minutes after it, or three for a long way back",
    (row) => {
      const { load, retries, outageS, goodput } = row;
      const figures = runMetastable({ load, retries, outageS, untilS: 190, seed });
      const side = expectSide(figures(170, 190), row, goodput);
      agree({ ...side, what: `late, ${side.what}` });
    },
  );
});

afterAll(() => {
  expect(table.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("M1, attempts per second", table)}\n`);
});
