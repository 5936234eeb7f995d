import { US_PER_SECOND, type Us } from "../core/time.ts";

/** How much somebody may ask: so many a second for long, and a burst of so many at once. */
export interface RateLimit {
  /** 0: as many as they like. */
  perSecond: number;
  burst: number;
}

/** Tokens left of a limit: each request takes one, and time puts them back. */
export interface TokenBucket {
  tokens: number;
  atUs: Us;
}

/** A bucket that nothing was taken from yet. */
export function fullBucket({ burst }: RateLimit, nowUs: Us): TokenBucket {
  return { tokens: burst, atUs: nowUs };
}

/** Takes a token; false when there is none. */
export function takeToken(bucket: TokenBucket, { perSecond, burst }: RateLimit, nowUs: Us): boolean {
  if (perSecond === 0) return true;
  bucket.tokens = Math.min(burst, bucket.tokens + ((nowUs - bucket.atUs) * perSecond) / US_PER_SECOND);
  bucket.atUs = nowUs;
  if (bucket.tokens < 1) return false;
  bucket.tokens--;
  return true;
}
