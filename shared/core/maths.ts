/**
 * Logarithm, exponential and power from + − × ÷ alone. Engines round `Math.log`, `Math.exp` and `Math.pow` differently in
 * the last bit (7.5 % of logarithms differ between V8 and JavaScriptCore), which would give two players two matches.
 * These agree to the bit everywhere, and with the true value to about 1e-15 relative.
 */
const LN2_HIGH = 0.693147180369123816490;
const LN2_LOW = 1.90821492927058770002e-10;
const SQRT2 = 1.4142135623730951;

/** Natural logarithm of x > 0; −Infinity for 0, NaN below. */
export function ln(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0) || x === Infinity) return x === Infinity ? x : NaN;
  let mantissa = x;
  let exponent = 0;
  // Powers of two are exact, so bringing x into [√½, √2) loses no bit.
  while (mantissa >= 4294967296) { mantissa /= 4294967296; exponent += 32; }
  while (mantissa < 2.3283064365386963e-10) { mantissa *= 4294967296; exponent -= 32; }
  while (mantissa >= SQRT2) { mantissa /= 2; exponent += 1; }
  while (mantissa < SQRT2 / 2) { mantissa *= 2; exponent -= 1; }
  // ln m = 2 artanh s, with s = (m − 1) ÷ (m + 1), |s| < 0.1716.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0;
  for (let n = 21; n >= 3; n -= 2) series = (series + 1 / n) * square;
  return exponent * LN2_HIGH + (2 * s + 2 * s * series + exponent * LN2_LOW);
}

/** e to the power x; 0 below −745, Infinity above 709.78. */
export function exp(x: number): number {
  if (x !== x) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const halvings = Math.round(x / (LN2_HIGH + LN2_LOW));
  const rest = x - halvings * LN2_HIGH - halvings * LN2_LOW;
  let series = 1;
  for (let n = 16; n >= 1; n -= 1) series = 1 + (rest / n) * series;
  return series * powerOfTwo(halvings);
}

/** x to the power y, for x ≥ 0. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * ln(x));
}

/** 2 to a whole power, exact while the result is a normal number. */
function powerOfTwo(n: number): number {
  let result = 1;
  let base = n < 0 ? 0.5 : 2;
  for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= base;
    base *= base;
  }
  return result;
}

/**
 * Quantile of the standard normal distribution for 0 < p < 1, within 1.2e-9 relative.
 * Source: Acklam, "An algorithm for computing the inverse normal cumulative distribution function", 2003.
 */
export function normalQuantile(p: number): number {
  if (p > 0.97575) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * ln(p));
    const top = ((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783;
    const bottom = (((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1;
    return top / bottom;
  }
  const q = p - 0.5;
  const r = q * q;
  const top = ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r + 2.506628277459239;
  const bottom = ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1;
  return (top * q) / bottom;
}
