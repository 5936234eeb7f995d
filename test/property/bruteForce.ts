import type { Operation } from "../../shared/history/operation.ts";

/**
 * Is there an order that explains the history of one register? Tries all of them: slow, short, and plainly right, so
 * that the fast checker can be held against it. Operations may repeat values; an open or unknown one may be left out.
 */
export function hasLinearization(operations: readonly Operation[]): boolean {
  const matter = operations.filter((it) => it.outcome === "ok" || (it.outcome === "unknown" && it.kind !== "read"));
  const tried = new Set<string>();

  const from = (done: number, value: number | null): boolean => {
    const left = matter.filter((_, place) => (done & (1 << place)) === 0);
    if (left.every((it) => it.outcome === "unknown")) return true;
    const state = `${done}:${value}`;
    if (tried.has(state)) return false;
    tried.add(state);
    return matter.some((it, place) => {
      if ((done & (1 << place)) !== 0 || !mayBeNext(it, left)) return false;
      if (it.kind === "read") return it.result === value && from(done | (1 << place), value);
      if (it.kind === "cas" && it.expected !== value) return false;
      return from(done | (1 << place), it.argument);
    });
  };
  return from(0, null);
}

function mayBeNext(operation: Operation, left: readonly Operation[]): boolean {
  return left.every((other) => other.outcome === "unknown" || other.completedAtUs >= operation.invokedAtUs);
}

/**
 * What is left of an operation when its answer was blamed: a read says nothing, a write that was said to have failed may
 * have happened, and so may a cas, but whatever it found.
 */
export function withoutItsClaim(operation: Operation): Operation {
  const claimsWhatItFound = operation.kind === "cas" && operation.outcome === "ok";
  const kind = claimsWhatItFound ? "write" : operation.kind;
  const expected = claimsWhatItFound ? null : operation.expected;
  return { ...operation, kind, expected, result: null, completedAtUs: Infinity, outcome: "unknown" };
}

/** Blames answers in the order of completion whenever they can't be explained together with those accepted before. */
export function greedyBlame(operations: readonly Operation[]): number[] {
  const blamed = new Set<number>();
  const answers = operations
    .filter((it) => it.completedAtUs !== Infinity)
    .toSorted((a, b) => a.completedAtUs - b.completedAtUs || a.id - b.id);
  answers.forEach((answer, place) => {
    const answered = new Set(answers.slice(0, place + 1).map((it) => it.id));
    const known = operations
      .filter((it) => it.invokedAtUs <= answer.completedAtUs)
      .map((it) =>
        blamed.has(it.id)
          ? withoutItsClaim(it)
          : answered.has(it.id)
            ? it
            : { ...it, result: null, completedAtUs: Infinity, outcome: "unknown" as const },
      );
    if (!hasLinearization(known)) blamed.add(answer.id);
  });
  return [...blamed];
}
