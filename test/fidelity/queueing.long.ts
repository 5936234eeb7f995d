import { afterAll, describe, expect, test } from "vitest";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import { runStation, type StationFigures, type StationSetup } from "./station.ts";
import reference from "./reference/queueing.json" with { type: "json" };

const rows: Row[] = [];

/** Enough that three standard errors of the mean stay within what is allowed, which takes more the higher the load. */
function requestsFor(load: number): number {
  return load <= 0.5 ? 400_000 : load <= 0.7 ? 1_000_000 : 3_000_000;
}

function run(setup: Omit<StationSetup, "seed" | "requests">): StationFigures {
  const figures = runStation({ ...setup, requests: requestsFor(setup.load), seed: "queueing" });
  const little = figures.throughput * figures.timeInSystem;
  expectAgreement({ what: "Little's law", reference: little, ours: figures.inSystem, allowed: { share: 0.001 } });
  return figures;
}

function compare(row: Row): void {
  rows.push(row);
  expectAgreement(row);
}

/** The mean time in system: 2 % up to a load of 0.8 and for bounded queues, 5 % above. */
function compareTime(name: string, load: number, reference: number, ours: StationFigures): void {
  const share = load <= 0.8 || name.split("/").length === 4 ? 0.02 : 0.05;
  compare({ what: `${name} at ${load}: time in system`, reference, ours: ours.timeInSystem, allowed: { share } });
}

describe("a machine queues as theory says, at every load", () => {
  test.each(reference.mm1)("M/M/1 at load $rho", ({ rho, W }) => {
    compareTime("M/M/1", rho, W, run({ service: "M", servers: 1, room: Infinity, load: rho }));
  });

  test.each(reference.md1)("M/D/1 at load $rho", ({ rho, W }) => {
    compareTime("M/D/1", rho, W, run({ service: "D", servers: 1, room: Infinity, load: rho }));
  });

  test.each(reference.mmc)("M/M/$c at load $rho", ({ c, rho, W }) => {
    compareTime(`M/M/${c}`, rho, W, run({ service: "M", servers: c, room: Infinity, load: rho }));
  });

  test.each(reference.mmck)("M/M/$c/$K at load $rho", ({ c, K, rho, W, blocked }) => {
    const ours = run({ service: "M", servers: c, room: K, load: rho });
    const name = `M/M/${c}/${K}`;
    compareTime(name, rho, W, ours);
    compare({ what: `${name} at ${rho}: blocked`, reference: blocked, ours: ours.blocked, allowed: { share: 0.03 } });
  });
});

afterAll(() => {
  expect(rows.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("Q1, in mean service times", rows)}\n`);
});
