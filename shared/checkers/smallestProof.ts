import type { Operation } from "../history/operation.ts";
import type { Blame } from "./checker.ts";

/** Why an operation would be blamed if a few operations were all there is; undefined when it would not. */
export type BlameAmong = (operations: readonly Operation[]) => Blame | undefined;

/** Proofs with no more operations than this, and without a cas, are smallest as they are found. */
const SMALL = 3;
/** Longer proofs, such as of a sum that everybody added to, stay as they are: the search grows with the cube of them. */
const LONG = 40;

/**
 * The same blame with the fewest operations that still prove it: leaves out one after the other as long as that goes. A
 * proof of more than `LONG` operations is left as it was found.
 */
export function smallestProof(blame: Blame, operations: readonly Operation[], blameAmong: BlameAmong): Blame {
  const isSmall = operations.length <= SMALL && operations.every(({ kind }) => kind !== "cas");
  if (isSmall || operations.length > LONG) return blame;
  for (const candidate of operations) {
    if (candidate.id === blame.operation) continue;
    const left = founded(operations.filter((it) => it !== candidate));
    const smaller = blameAmong(left);
    if (smaller === undefined) continue;
    const proof = left.filter(({ id }) => smaller.witness.includes(id));
    return smallestProof(smaller, proof, blameAmong);
  }
  return blame;
}

/** Without claims to have found what none of the operations wrote: of a cas it is left that it wrote, of a read nothing. */
function founded(operations: readonly Operation[]): Operation[] {
  const written = new Set([null, ...operations.filter(({ kind }) => kind !== "read").map(({ argument }) => argument)]);
  const kept = operations.filter(({ kind, result }) => kind !== "read" || written.has(result));
  return kept.map((it) =>
    it.kind === "cas" && !written.has(it.expected) ? { ...it, kind: "write", expected: null } : it,
  );
}
