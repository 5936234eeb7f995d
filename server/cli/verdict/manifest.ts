import { dirname, resolve } from "node:path";
import { z } from "zod";
import { Misuse, readText } from "../commandLine.ts";
import { judgeCase } from "./judgement.ts";

/** A list of histories whose verdicts are known; paths are relative to it. */
const Manifest = z.object({
  cases: z.array(
    z.object({
      file: z.string(),
      format: z.string(),
      model: z.string(),
      guarantee: z.string().optional(),
      valid: z.boolean(),
    }),
  ),
});

/** Judges all cases of a manifest and prints a line for each; true when no verdict differs from the one expected. */
export async function judgeManifest(path: string, budgetMs: number): Promise<boolean> {
  const { cases } = await readManifest(path);
  const count = { agrees: 0, disagrees: 0, unknown: 0 };
  for (const one of cases) {
    const expected = one.valid ? "valid" : "invalid";
    const { outcome, took } = judged({ ...one, file: resolve(dirname(path), one.file) }, budgetMs);
    const agreement = outcome === expected ? "agrees" : outcome === "unknown" ? "unknown" : "disagrees";
    count[agreement]++;
    console.log(
      [one.file.padEnd(38), outcome.padEnd(9), `expected ${expected}`.padEnd(17), took.padStart(10), agreement].join(
        "  ",
      ),
    );
  }
  console.log(`${count.agrees} agree, ${count.disagrees} disagree, ${count.unknown} unknown`);
  return count.disagrees === 0;
}

/** A file that can't be judged agrees with no verdict: its sentence is printed, and the other cases go on. */
function judged(one: Parameters<typeof judgeCase>[0], budgetMs: number): { outcome: string; took: string } {
  try {
    const { verdict, tookMs } = judgeCase(one, budgetMs);
    return { outcome: verdict.outcome, took: `${tookMs.toFixed(1)} ms` };
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    console.error(error.message);
    return { outcome: "bad input", took: "" };
  }
}

async function readManifest(path: string): Promise<z.infer<typeof Manifest>> {
  const text = await readText(path);
  let plain: unknown;
  try {
    plain = JSON.parse(text);
  } catch {
    throw new Misuse(`${path} is no manifest: it is not JSON.`);
  }
  const read = Manifest.safeParse(plain);
  if (read.success) return read.data;
  const { path: where, message } = read.error.issues[0]!;
  throw new Misuse(`${path} is no manifest: ${where.join(".")}: ${message}.`);
}
