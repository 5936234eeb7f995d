import type { Us } from "../core/time.ts";
import type { BlockOrder } from "./blockOrder.ts";
import { link, type Block, type Cluster } from "./clusters.ts";
import type { ValuesOfKey } from "./registerCheck.ts";

/** Why an answer can't be part of any linearization together with the answers accepted before. */
export type Conflict = {
  /** The cas operations that the answer would prove to have taken effect. */
  readonly proven: readonly Cluster[];
} &
  /** The cas `of` expected a value which nobody wrote, whose write failed, or which its own effect led to. */
  (
    | { readonly kind: "unfounded"; readonly of: Cluster; readonly expected: Cluster | undefined }
    /** The cas that must have taken effect expected a value that another successful cas had replaced. */
    | { readonly kind: "replaced"; readonly base: Cluster; readonly by: Cluster }
    /** A later value of the same chain had been shown before the question was asked. */
    | { readonly kind: "overtaken"; readonly by: Cluster }
    /** A block that must come both before and after the block of the base. */
    | { readonly kind: "rival"; readonly base: Cluster; readonly block: Block }
  );

/**
 * What must be true for an answer to be possible: the value seen (`base`), or a chain of cas operations with unproven
 * effect that led from `base` to it (`proven`, the first one last), which this answer would prove.
 */
export interface Explanation {
  readonly base: Cluster;
  readonly proven: readonly Cluster[];
}

const NOTHING: readonly Cluster[] = [];

/**
 * Walks from the value that an answer shows back to one whose effect is certain. `own` is the cluster of the cas that
 * answered, when it is a cas. Undefined when a value on the way was written twice, so that the way can't be told.
 */
export function explain(
  values: ValuesOfKey<Cluster>,
  seen: Cluster,
  own: Cluster | undefined,
): Explanation | Conflict | undefined {
  if (seen.block !== undefined && own === undefined) return { base: seen, proven: NOTHING };
  const proven = new Set<Cluster>();
  if (own !== undefined) proven.add(own);
  let base = seen;
  while (base.block === undefined) {
    proven.add(base);
    const expected = values.get(base.expected);
    if (expected?.repeated) return undefined;
    if (expected === undefined || expected.failed || proven.has(expected)) {
      return { kind: "unfounded", of: base, expected, proven: [...proven] };
    }
    base = expected;
  }
  return { base, proven: [...proven] };
}

/** What forbids an explanation of an answer to a question asked at `startUs`; undefined when nothing does. */
export function conflictOf(order: BlockOrder, { base, proven }: Explanation, startUs: Us): Conflict | undefined {
  if (proven.length > 0) {
    if (base.next !== undefined) return { kind: "replaced", base, by: base.next, proven };
  } else if (base.overtakenBy !== undefined && base.overtakenBy.shownAtUs < startUs) {
    return { kind: "overtaken", by: base.overtakenBy, proven };
  }
  const latestUs = proven.reduce((latest, cluster) => (cluster.startUs > latest ? cluster.startUs : latest), startUs);
  const block = order.rivalOf(base.block!, latestUs);
  return block && { kind: "rival", base, block, proven };
}

/** Accepts an explanation: the chain that it proves joins the block of its base. */
export function extendChain(order: BlockOrder, { base, proven }: Explanation): void {
  let tail = base;
  for (const cluster of proven.toReversed()) {
    link(cluster, tail);
    order.started(cluster, cluster.startUs, cluster.write);
    tail = cluster;
  }
}
