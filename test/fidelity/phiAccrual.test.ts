import { describe, expect, test } from "vitest";
import { normalQuantile } from "../../shared/core/maths.ts";
import { RandomStreams } from "../../shared/core/random.ts";
import { msOf, usOf, type Ms } from "../../shared/core/time.ts";
import { addGap, createWindow, type ArrivalWindow } from "../../shared/protocols/detectors/arrivalWindow.ts";
import {
  DETECTOR_DEFAULTS,
  type DetectorIo,
  type DetectorSettings,
} from "../../shared/protocols/detectors/detector.ts";
import { lnNormalTail } from "../../shared/protocols/detectors/normalTail.ts";
import { phi, phiAccrual, silenceAtThresholdUs } from "../../shared/protocols/detectors/phiAccrual.ts";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import reference from "./reference/phiAccrual.json" with { type: "json" };

const WINDOW = 1_000;
/** The references are rounded to a tenth of a microsecond, the exponential ones to ten; timers ring at whole ones. */
const NORMAL_ROUNDED_MS: Ms = 0.002;
const EXPONENTIAL_ROUNDED_MS: Ms = 0.008;

/** A full window of heartbeats that came as far apart as given, in turns above and below the mean. */
function windowOf(mu: Ms, sd: Ms): ArrivalWindow {
  const window = createWindow(WINDOW, usOf(mu));
  for (let gap = 0; gap < WINDOW; gap++) addGap(window, usOf(mu + (gap % 2 === 0 ? sd : -sd)));
  return window;
}

const settingsOf = (threshold: number, law: DetectorSettings["law"]): DetectorSettings => ({
  ...DETECTOR_DEFAULTS,
  threshold,
  law,
  minDeviationMs: 0,
});

/** Listens to a full window of heartbeats by the detector itself, and says how long after the last it suspects. */
function firingMs(mu: Ms, sd: Ms, settings: DetectorSettings): Ms {
  let nowUs = 0;
  let checkAtUs = Infinity;
  let firedAtUs = -1;
  const io: DetectorIo<unknown> = {
    self: 0,
    members: 2,
    steadyUs: () => nowUs,
    send() {},
    setTimer: (name, delayUs) => (checkAtUs = name === 1 ? nowUs + Math.round(delayUs) : checkAtUs),
    random: () => 0.5,
    judged: () => (firedAtUs = nowUs),
  };
  const state = phiAccrual.start(io, settings);
  const ringUntil = (untilUs: number): void => {
    while (checkAtUs <= untilUs) {
      nowUs = checkAtUs;
      checkAtUs = Infinity;
      phiAccrual.timer(state, io, 1);
    }
    nowUs = untilUs;
  };
  for (let beat = 1; beat <= WINDOW; beat++) {
    ringUntil(nowUs + usOf(mu + (beat % 2 === 0 ? sd : -sd)));
    phiAccrual.receive(state, io, 1, { type: "heartbeat" });
  }
  const lastUs = nowUs;
  firedAtUs = -1;
  while (firedAtUs < 0) ringUntil(checkAtUs);
  return msOf(firedAtUs - lastUs);
}

describe("a member that beat as regularly as given is suspected", () => {
  test.each(reference.normal)("by the normal law, mean $mu deviation $sd, φ = $phi, after $t ms", (row) => {
    const ours = firingMs(row.mu, row.sd, { ...settingsOf(row.phi, "normal"), intervalMs: row.mu });
    expectAgreement({ what: "fires", reference: row.t, ours, allowed: { amount: NORMAL_ROUNDED_MS } });
  });

  test.each(reference.exponential)("by the exponential law, mean $mu, φ = $phi, after $t ms", (row) => {
    const ours = firingMs(row.mu, 0, { ...settingsOf(row.phi, "exponential"), intervalMs: row.mu });
    expectAgreement({ what: "fires", reference: row.t, ours, allowed: { amount: EXPONENTIAL_ROUNDED_MS } });
  });

  test("all of them as a table for people", () => {
    const rows = reference.normal.map(({ mu, sd, phi: threshold, t }): Row => {
      const ours = msOf(silenceAtThresholdUs(windowOf(mu, sd), settingsOf(threshold, "normal")));
      return { what: `${mu} ± ${sd}, φ = ${threshold}`, reference: t, ours, allowed: { amount: NORMAL_ROUNDED_MS } };
    });
    expect(agreementTable("F2, in ms", rows)).not.toContain("OUT");
  });
});

describe("a threshold", () => {
  test.each([1, 2])("of φ = %i is passed by one silence in ten to that power, as it promises", (threshold) => {
    const luck = new RandomStreams("silences").stream("gaps", String(threshold));
    const settings = settingsOf(threshold, "normal");
    const window = createWindow(WINDOW, 1e6);
    const gaps = 500_000;
    let passed = 0;
    for (let gap = 0; gap < WINDOW + gaps; gap++) {
      const gapUs = 1e6 + 1e5 * normalQuantile(luck() || 0.5);
      if (gap >= WINDOW && gapUs > silenceAtThresholdUs(window, settings)) passed++;
      addGap(window, gapUs);
    }
    expectAgreement({ what: "share", reference: 10 ** -threshold, ours: passed / gaps, allowed: { share: 0.1 } });
  });
});

describe("the level of suspicion", () => {
  test("is the threshold exactly when the time to suspect has come, under both laws and after a forgiven pause", () => {
    const window = windowOf(1_000, 150);
    for (const law of ["normal", "exponential"] as const) {
      for (const threshold of [0.5, 1, 3, 8, 16, 100]) {
        const settings = { ...settingsOf(threshold, law), acceptablePauseMs: 500 };
        expect(phi(window, settings, silenceAtThresholdUs(window, settings))).toBeCloseTo(threshold, 6);
      }
    }
  });

  test("takes a deviation below the floor for the floor", () => {
    const settings = { ...settingsOf(3, "normal"), minDeviationMs: 100 };
    const regular = silenceAtThresholdUs(windowOf(1_000, 1), settings);
    expect(regular).toBeCloseTo(silenceAtThresholdUs(windowOf(1_000, 100), settings), 3);
  });

  test("uses the exact tail of the normal law, at the centre and as far out as anybody asks", () => {
    const known: readonly (readonly [z: number, tail: number])[] = [
      [-1, 0.8413447460685429],
      [0, 0.5],
      [1, 0.15865525393145705],
      [2.5, 0.006209665325776132],
      [2.6, 0.004661188023718732],
      [5.612001244174789, 1e-8],
      [10, 7.61985302416e-24],
      [20, 2.75362411860623e-89],
    ];
    for (const [z, tail] of known) expect(lnNormalTail(z)).toBeCloseTo(Math.log(tail), 10);
  });
});
