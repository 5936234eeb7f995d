/**
 * The wall clock as the rooms know it. Only `server/main.ts` makes the real one; tests make one that they wind by hand,
 * so that five minutes of play pass in a moment and nothing waits for time.
 */
export interface Clock {
  /** Milliseconds since 1970; never goes back. */
  nowMs(): number;
  /** Calls back every `periodMs`, first after one period, until the function it gives back is called. */
  every(periodMs: number, callback: () => void): () => void;
  /** Calls back once, unless the function it gives back is called first. */
  after(delayMs: number, callback: () => void): () => void;
}
