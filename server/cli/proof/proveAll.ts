import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Level } from "../../../shared/level/schema.ts";
import type { Proof } from "../../../shared/match/proof.ts";

/** What a prover is given, and answers with a `Proof`. */
export interface Task {
  readonly level: Level;
  readonly seeds: readonly string[];
}

/** Proves levels side by side, one a core, and gives their proofs in the order of the levels. */
export async function* proveAll(
  levels: readonly Level[],
  seeds: readonly string[],
): AsyncGenerator<{ readonly level: Level; readonly proof: Proof }> {
  const begun: Promise<Proof>[] = [];
  const begin = (): void => {
    const level = levels[begun.length];
    if (level === undefined) return;
    const proof = proveApart({ level, seeds });
    begun.push(proof);
    // A failure is met where the proof is awaited, below; until then it must not end the process.
    proof.then(begin, () => {});
  };
  for (let core = 0; core < availableParallelism(); core++) begin();
  for (const [place, level] of levels.entries()) yield { level, proof: await begun[place]! };
}

async function proveApart(task: Task): Promise<Proof> {
  const worker = new Worker(new URL("./prover.ts", import.meta.url), { workerData: task });
  const [proof] = (await once(worker, "message")) as [Proof];
  return proof;
}
