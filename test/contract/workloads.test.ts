import { describe, expect, test } from "vitest";
import type { CheckerOptions, Verdict } from "../../shared/checkers/checker.ts";
import { workloads } from "../../shared/checkers/workloads/registry.ts";
import type { Workload } from "../../shared/checkers/workloads/workload.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import type { JepsenPair } from "../../shared/history/eventPairing.ts";
import { readJepsenEvents } from "../../shared/history/jepsenEvents.ts";

function pairsOf(workload: Workload, text: string): JepsenPair[] {
  const pairs = readJepsenEvents([text], "edn", (event) => workload.fits(event));
  if (isRefusal(pairs)) throw new Error(pairs.sentence);
  return pairs;
}

function verdictOf(workload: Workload, text: string, options: CheckerOptions = {}): Verdict {
  return workload.judge(pairsOf(workload, text), workload.guarantees[0]!, options);
}

describe.each(Object.entries<Workload>(workloads))("%s", (name, workload) => {
  test("is called by its own name, says what it asks and where its verdict comes from", () => {
    expect(workload.model).toBe(name);
    expect(workload.about).toMatch(/^[A-Z].*\.$/);
    expect(workload.source).toMatch(/\.$/);
    expect(workload.guarantees.length).toBeGreaterThan(0);
  });

  test("accepts its example of a right history and rejects its example of a wrong one", () => {
    expect(verdictOf(workload, workload.accepted)).toEqual({ outcome: "valid" });
    expect(verdictOf(workload, workload.rejected).outcome).toBe("invalid");
  });

  test("proves what is wrong with operations of the history, in one sentence", () => {
    const pairs = pairsOf(workload, workload.rejected);
    const verdict = verdictOf(workload, workload.rejected);
    const anomalies = verdict.outcome === "invalid" ? verdict.anomalies : [];
    expect(anomalies.length).toBeGreaterThan(0);
    for (const { operation, witness, sentence } of anomalies) {
      expect(witness).toContain(operation);
      expect(witness).toEqual(witness.toSorted((a, b) => a - b));
      expect(witness.every((id) => pairs[id] !== undefined)).toBe(true);
      expect(sentence).toMatch(/^[A-Z][^\n]+\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test("every guarantee it names can be asked for", () => {
    for (const guarantee of workload.guarantees) {
      expect(workload.judge(pairsOf(workload, workload.accepted), guarantee, {}).outcome).toBe("valid");
    }
  });

  test("takes no event of an operation that it does not know", () => {
    expect(workload.fits({ process: 0, type: "invoke", f: "dance", value: null })).toBe(false);
  });
});
