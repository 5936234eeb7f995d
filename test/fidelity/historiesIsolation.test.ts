import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { isolationLevels, type Isolation } from "../../shared/checkers/transactions/isolation.ts";
import { registerVerdict } from "../../shared/checkers/transactions/registerVerdict.ts";
import { rwRegisterDependencies } from "../../shared/checkers/transactions/rwRegister.ts";
import type { MicroOperation, Transaction } from "../../shared/history/transactions.ts";

interface Boundary {
  readonly name: string;
  readonly sessions: readonly (readonly {
    readonly ops: readonly ["r" | "w", string, number | null][];
    readonly committed: boolean;
  }[])[];
  readonly verdicts: Readonly<Record<string, boolean>>;
}

const path = fileURLToPath(new URL("../../../shared/histories/isolation-boundaries.json", import.meta.url));
const isThere = existsSync(path);
if (!isThere)
  process.stdout.write("The isolation boundaries are not there, so no verdict is compared with its source.\n");
const cases = isThere ? (JSON.parse(readFileSync(path, "utf8")) as { cases: Boundary[] }).cases : [];

/** Levels by the names of the source; what it calls repeatable read forbids no more than two answers to one question. */
const LEVELS: Readonly<Record<string, Isolation>> = {
  "read-committed": "read-committed",
  "repeatable-read": "item-cut-isolation",
  "atomic-read": "read-atomic",
  causal: "causal",
  prefix: "prefix",
  "snapshot-isolation": "snapshot-isolation",
  serializable: "serializable",
};

function historyOf({ sessions }: Boundary): Transaction[] {
  return sessions
    .flatMap((transactions, process) => transactions.map((it, place) => ({ process, place, ...it })))
    .map(({ process, place, ops, committed }, id) => ({
      id,
      process,
      steps: ops.map(([f, key, value]): MicroOperation => ({ f, key, value })),
      invokedAt: place,
      completedAt: 1_000 + place,
      outcome: committed ? "ok" : "fail",
    }));
}

describe.skipIf(!isThere)("one history at each step of the isolation levels", () => {
  test.each(cases)("$name", (boundary) => {
    for (const [name, valid] of Object.entries(boundary.verdicts)) {
      const verdict = registerVerdict(rwRegisterDependencies(historyOf(boundary)), isolationLevels[LEVELS[name]!]);
      expect(verdict.outcome, name).toBe(valid ? "valid" : "invalid");
    }
  });
});
