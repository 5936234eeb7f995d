/** Runs a test once for each seed; a failure names the seed and the line that replays it alone. */
export function forSeeds(file: string, count: number, run: (seed: string) => void): void {
  const only = process.env["SEED"];
  const seeds = only === undefined ? Array.from({ length: count }, (_, seed) => String(seed)) : [only];
  for (const seed of seeds) {
    try {
      run(seed);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`seed ${seed}: ${reason}\nreplay: SEED=${seed} npx vitest run test/protocols/${file}`, { cause });
    }
  }
}
