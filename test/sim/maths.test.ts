import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exp, ln, normalQuantile, pow } from "../../shared/core/maths.ts";

/**
 * Natural logarithms to 80 bits by exact integers: x = 2^k · m, ln m = 2 artanh((m − 1) ÷ (m + 1)). A reference that
 * shares nothing with the code under test and with no engine's Math.
 */
const BITS = 120n;
const ONE = 1n << BITS;

function artanh(numerator: bigint, denominator: bigint): bigint {
  const s = (numerator * ONE) / denominator;
  const square = (s * s) / ONE;
  let power = s;
  let sum = s;
  for (let n = 3n; power !== 0n && n < 400n; n += 2n) {
    power = (power * square) / ONE;
    sum += power / n;
  }
  return sum;
}

const LN2 = 2n * artanh(1n, 3n);

/** ln x as a number with 120 bits behind the point, x given exactly by its 53 bits. */
function exactLn(x: number): bigint {
  let exponent = 0;
  let mantissa = x;
  for (; mantissa < 4_503_599_627_370_496; exponent--) mantissa *= 2;
  for (; mantissa >= 9_007_199_254_740_992; exponent++) mantissa /= 2;
  const whole = BigInt(mantissa);
  const half = 1n << 52n;
  return 2n * artanh(whole - half, whole + half) + (BigInt(exponent) + 52n) * LN2;
}

/** e to an exact x below 1000 in size, by halving 40 times and squaring back, as a fraction over 2^120. */
function exactExp(x: number): { mantissa: bigint; exponent: number } {
  const scaled = BigInt(Math.round(x * 2 ** 45)) << (BITS - 45n);
  const twos = Number(scaled / LN2);
  const rest = scaled - BigInt(twos) * LN2;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && n < 200n; n++) {
    term = (term * rest) / ONE / n;
    sum += term;
  }
  return { mantissa: sum, exponent: twos };
}

function numberOf(fixed: bigint): number {
  return Number(fixed) / 2 ** Number(BITS);
}

const ULP = 2 ** -52;
/** Positive numbers of every size. */
const positive = fc
  .tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -1_000, max: 1_000 }))
  .map(([m, k]) => m * 2 ** k);
/** Exponents with at most 45 bits behind the point, so that the reference takes them exactly. */
const exponents = fc.double({ min: -700, max: 700, noNaN: true }).map((x) => Math.round(x * 2 ** 40) / 2 ** 40);

describe("our logarithm, exponential and power are as good as the engine's, and the same everywhere", () => {
  test("ln is within 2 units in the last place of the true value", () => {
    fc.assert(
      fc.property(positive, (x) => {
        const exact = numberOf(exactLn(x));
        expect(Math.abs(ln(x) - exact)).toBeLessThanOrEqual(2 * ULP * Math.max(Math.abs(exact), 2 ** -60));
      }),
      { seed: 1, numRuns: 3_000 },
    );
  });

  test("ln near 1, where it nearly vanishes, keeps its digits", () => {
    for (const x of [1 + ULP, 1 - ULP, 1 + 1e-12, 1 - 1e-9, 1.000001, 0.99]) {
      const exact = numberOf(exactLn(x));
      expect(Math.abs(ln(x) / exact - 1), String(x)).toBeLessThanOrEqual(2 * ULP);
    }
  });

  test("exp is within 4 units in the last place of the true value", () => {
    fc.assert(
      fc.property(exponents, (x) => {
        const { mantissa, exponent } = exactExp(x);
        const ours = exp(x) / 2 ** Math.trunc(exponent / 2) / 2 ** (exponent - Math.trunc(exponent / 2));
        expect(Math.abs(ours / numberOf(mantissa) - 1)).toBeLessThanOrEqual(4 * ULP);
      }),
      { seed: 2, numRuns: 3_000 },
    );
  });

  test("the edges are where the standard has them", () => {
    expect([ln(1), ln(0), ln(Infinity), exp(0), exp(-Infinity), exp(Infinity)]).toEqual([
      0,
      -Infinity,
      Infinity,
      1,
      0,
      Infinity,
    ]);
    expect([ln(-1), ln(Number.NaN), exp(Number.NaN)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect([exp(710), exp(-746)]).toEqual([Infinity, 0]);
    expect([pow(0, 0), pow(0, 2), pow(0, -1), pow(5, 0)]).toEqual([1, 0, Infinity, 1]);
    expect(ln(Number.MIN_VALUE)).toBeCloseTo(-744.440_071_921_381_3, 10);
    expect(exp(-744)).toBeGreaterThan(0);
  });

  test("whole powers of small numbers are right to 1e-13", () => {
    for (let base = 2; base <= 12; base++) {
      for (let power = -10; power <= 10; power++) {
        const exact = power < 0 ? 1 / Number(BigInt(base) ** BigInt(-power)) : Number(BigInt(base) ** BigInt(power));
        expect(Math.abs(pow(base, power) / exact - 1)).toBeLessThan(1e-13);
      }
    }
  });

  test.each([
    // Tables of the standard normal distribution to ten digits.
    [0.5, 0],
    [0.75, 0.674_489_750_2],
    [0.9, 1.281_551_565_5],
    [0.975, 1.959_963_984_5],
    [0.99, 2.326_347_874],
    [0.999, 3.090_232_306_2],
    [0.9999, 3.719_016_485_5],
    [0.01, -2.326_347_874],
    [0.000_001, -4.753_424_308_8],
  ])("the normal quantile of %d is %d", (share, quantile) => {
    expect(Math.abs(normalQuantile(share) - quantile)).toBeLessThan(1e-8);
  });
});
