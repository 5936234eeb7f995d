import type { Anomaly, CheckerOptions, Verdict } from "./checker.ts";
import { searchLinearization, type SearchBudget, type SearchOutcome } from "./linearizationSearch.ts";
import type { Asked, Model, ModelState } from "./model.ts";

/** How many steps a search may take, unless told otherwise: a few seconds' worth. */
const SEARCH_STEPS_DEFAULT = 20_000_000;

/**
 * Judges a history by search, for any model: each key by itself, since a history is linearizable when that of every key
 * is (Herlihy & Wing 1990, section 3.2). Blames one answer a key, at most.
 */
export function searchVerdict<State extends ModelState, Step extends Asked>(
  model: Model<State, Step>,
  history: readonly Step[],
  { searchSteps = SEARCH_STEPS_DEFAULT, expired = never }: CheckerOptions = {},
): Verdict {
  const budget = { stepsLeft: searchSteps, expired };
  const verdicts = byKey(history).map((operations) => new KeySearch(model, operations, budget).verdict());
  const anomalies = verdicts.flatMap((it) => (it.outcome === "invalid" ? it.anomalies : []));
  if (anomalies.length > 0) return { outcome: "invalid", anomalies };
  return verdicts.find((it) => it.outcome === "unknown") ?? { outcome: "valid" };
}

const never = (): boolean => false;

/** A search that serves only a smaller proof may take this many times the steps of the last that found no order. */
const PATIENCE = 8;
/** All searches for a smaller proof of one key may take this many steps: about a second's worth. */
const PROOF_STEPS_MAX = 3_000_000;

/** The search over one key. */
class KeySearch<State extends ModelState, Step extends Asked> {
  readonly #model: Model<State, Step>;
  readonly #operations: readonly Step[];
  #budget: SearchBudget;
  /** How many steps a search may take that only serves to make the proof smaller. */
  #patience = 0;

  constructor(model: Model<State, Step>, operations: readonly Step[], budget: SearchBudget) {
    this.#model = model;
    this.#operations = operations;
    this.#budget = budget;
  }

  verdict(): Verdict {
    const whole = this.#search(this.#operations, this.#budget.stepsLeft);
    if (whole === "found") return { outcome: "valid" };
    if (whole === "unknown") return this.#outOfBudget();
    this.#budget = { ...this.#budget, stepsLeft: PROOF_STEPS_MAX };
    const answers = this.#operations
      .filter((it) => it.outcome === "ok" || (it.outcome === "fail" && !this.#model.isRead(it)))
      .toSorted((a, b) => a.completedAtUs - b.completedAtUs || a.id - b.id);
    const count = this.#firstWithoutOrder(answers);
    const blamed = answers[count - 1]!;
    const witness = this.#smallest(this.#knownAfter(answers.slice(0, count)), blamed);
    return { outcome: "invalid", anomalies: [this.#anomaly(blamed, witness)] };
  }

  /**
   * After how many answers no order was left. What holds for a history holds for every beginning of it, so the number is
   * found by halving; where a search would take too long it may come out larger than need be.
   */
  #firstWithoutOrder(answers: readonly Step[]): number {
    let low = 1;
    let high = answers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#search(this.#knownAfter(answers.slice(0, middle)), this.#patience) === "none") high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Searches within a number of steps; each search that finds nothing shows how many the next may need. */
  #search(operations: readonly Step[], stepsMax: number): SearchOutcome {
    const { stepsLeft, expired } = this.#budget;
    const budget = { stepsLeft: stepsMax < stepsLeft ? stepsMax : stepsLeft, expired };
    const stepsBefore = budget.stepsLeft;
    const speaking = operations.filter((it) => this.#speaks(it));
    const outcome = searchLinearization(this.#model, speaking, budget);
    const steps = stepsBefore - budget.stepsLeft;
    this.#budget.stepsLeft -= steps;
    if (outcome === "none") this.#patience = PATIENCE * (steps + 1_000);
    return outcome;
  }

  /** True when an operation says something: it has happened, or it may have. */
  #speaks(operation: Step): boolean {
    return operation.outcome === "ok" || (operation.outcome === "unknown" && !this.#model.isRead(operation));
  }

  /** The history as it was known after its first answers: others are still to come, later questions are not asked yet. */
  #knownAfter(answers: readonly Step[]): Step[] {
    const answered = new Set(answers);
    const nowUs = answers.at(-1)!.completedAtUs;
    return this.#operations
      .filter((it) => it.invokedAtUs <= nowUs)
      .map((it) => (answered.has(it) ? it : { ...it, completedAtUs: Infinity, outcome: "unknown" }));
  }

  /** The fewest operations found that still have no order: leaves out one after the other as long as that goes. */
  #smallest(operations: readonly Step[], blamed: Step): Step[] {
    let kept = operations.filter((it) => it.id === blamed.id || this.#speaks(it));
    for (let dropped = true; dropped;) {
      dropped = false;
      for (const candidate of kept.filter((it) => it.id !== blamed.id)) {
        const rest = kept.filter((it) => it !== candidate);
        if (!this.#model.isUnseen(candidate, rest) || this.#search(rest, this.#patience) !== "none") continue;
        kept = rest;
        dropped = true;
      }
    }
    return kept;
  }

  #anomaly(blamed: Step, witness: readonly Step[]): Anomaly {
    return {
      name: "nonLinearizable",
      operation: blamed.id,
      witness: witness.map((it) => it.id),
      sentence: `${this.#model.told(blamed)}, which fits into no order of what was asked and answered before.`,
      order: [],
    };
  }

  #outOfBudget(): Verdict {
    const key = this.#operations[0]?.key;
    return {
      outcome: "unknown",
      reason: `The search for an order of the operations on key ${key} was ended before it was done.`,
    };
  }
}

/** The operations of each key, in the order in which they stand in the history. */
function byKey<Step extends Asked>(history: readonly Step[]): Step[][] {
  const keys = new Map<number | string, Step[]>();
  for (const operation of history) {
    const known = keys.get(operation.key);
    if (known === undefined) keys.set(operation.key, [operation]);
    else known.push(operation);
  }
  return [...keys.values()];
}
