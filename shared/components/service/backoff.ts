import type { Ms } from "../../core/time.ts";

/** What a wait between two attempts depends on. */
export interface BackoffPolicy {
  /** Wait before the first retry. */
  backoffMs: Ms;
  /** How many times longer each wait is than the one before. */
  backoffGrowth: number;
  /** No wait grows beyond this. */
  backoffCapMs: Ms;
  /** For `exponential`: share of the wait that luck may add or take. */
  jitter: number;
}

/** One way to choose how long to wait. */
export interface Backoff {
  readonly about: string;
  readonly source: string;
  /** The wait before a retry (1 is the first), after one of `previousMs` (0: none yet); `share` is luck in [0, 1). */
  waitMs(policy: BackoffPolicy, retry: number, previousMs: Ms, share: number): Ms;
}

const AWS = "Brooker 2015, Exponential backoff and jitter, AWS Architecture Blog.";

/** Ways to wait between attempts. Without jitter, those who failed together come back together. */
export const backoffs = {
  exponential: {
    about: "Grows each time; jitter moves it by a share of itself.",
    source: `${AWS} The jitter is Resilience4j's randomisation.`,
    waitMs: (policy, retry, _previousMs, share) => grownMs(policy, retry) * (1 + policy.jitter * (2 * share - 1)),
  },
  decorrelated: {
    about: "Anything between the first wait and three times the last one.",
    source: AWS,
    waitMs({ backoffMs, backoffCapMs }, _retry, previousMs, share) {
      const longestMs = 3 * (previousMs > 0 ? previousMs : backoffMs);
      return Math.min(backoffCapMs, backoffMs + share * (longestMs - backoffMs));
    },
  },
  equal: {
    about: "Half of a wait that grows each time, and up to as much again by luck.",
    source: AWS,
    waitMs: (policy, retry, _previousMs, share) => (grownMs(policy, retry) * (1 + share)) / 2,
  },
  full: {
    about: "Anything from nothing to a wait that grows each time.",
    source: AWS,
    waitMs: (policy, retry, _previousMs, share) => grownMs(policy, retry) * share,
  },
  none: {
    about: "Asks again at once.",
    source: AWS,
    waitMs: () => 0,
  },
} as const satisfies Record<string, Backoff>;

export type BackoffName = keyof typeof backoffs;
export const BACKOFF_NAMES = Object.keys(backoffs) as [BackoffName, ...BackoffName[]];

function grownMs({ backoffMs, backoffGrowth, backoffCapMs }: BackoffPolicy, retry: number): Ms {
  let waitMs = backoffMs;
  for (let earlier = 1; earlier < retry && waitMs < backoffCapMs; earlier++) waitMs *= backoffGrowth;
  return Math.min(backoffCapMs, waitMs);
}
