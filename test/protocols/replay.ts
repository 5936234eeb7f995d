/** Seeds "0" to `count − 1`, or only the one that the environment names, to replay a failure. */
export function seedsOf(count: number): string[] {
  const only = process.env["SEED"];
  return only === undefined ? Array.from({ length: count }, (_, seed) => String(seed)) : [only];
}

/** The line that runs the tests of a file with one seed. */
export function replayLine(file: string, seed: string): string {
  return `replay: SEED=${seed} npx vitest run test/protocols/${file}`;
}

/** Runs a schedule for each seed until one fails: nothing, or what failed, its seed and the line that replays it. */
export function failures(file: string, count: number, run: (seed: string) => void): string[] {
  for (const seed of seedsOf(count)) {
    try {
      run(seed);
    } catch (cause) {
      return [`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, replayLine(file, seed)];
    }
  }
  return [];
}
