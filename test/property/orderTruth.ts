import type { Anomaly } from "../../shared/checkers/checker.ts";
import type { OrderEdge, OrderReason } from "../../shared/checkers/orderReasons.ts";
import type { Operation } from "../../shared/history/operation.ts";

/** What is wrong with an anomaly's order, in words; nothing when each edge leads to the next and the last to the first. */
export function brokenRing({ order, witness }: Pick<Anomaly, "order" | "witness">): string | undefined {
  for (const [place, { before, after }] of order.entries()) {
    const next = order[(place + 1) % order.length]!;
    if (after !== next.before) return `#${after} is followed by #${next.before}`;
    if (!witness.includes(before)) return `#${before} is no part of the witness`;
  }
  const met = new Set(order.map(({ before }) => before));
  return met.size === order.length ? undefined : "an operation comes twice";
}

/** Whether an answer that came before the blamed question counts for a promise. */
export type Counts = (before: Operation, blamed: Operation) => boolean;

/**
 * The edges of an anomaly's order that are not true, asked of the operations alone: plain facts first, and then what
 * follows from them, round by round, until they contradict each other.
 */
export function untrueEdges(anomaly: Anomaly, operations: readonly Operation[], counts: Counts): OrderEdge[] {
  const witness = operations.filter(({ id }) => anomaly.witness.includes(id));
  const facts = plainFacts(witness, anomaly.operation, counts);
  while (!facts.isCircular()) {
    const more = whatFollows(witness, facts);
    if (more.length === 0) break;
    for (const { before, after, why } of more) facts.add(before, after, why);
  }
  return anomaly.order.filter(({ before, after, why }) => !facts.has(before, after, why));
}

/**
 * The edges of an anomaly's order that can't be true whatever else is known, under a promise that knows no clock but that
 * of each client: the operations of a session, a value written and seen, and writes of one key.
 */
export function implausibleEdges({ order }: Anomaly, history: readonly Operation[]): OrderEdge[] {
  return order.filter(({ before, after, why }) => {
    const [one, other] = [history[before]!, history[after]!];
    if (why === "session") return one.session !== other.session || one.completedAtUs > other.invokedAtUs;
    if (why === "wr") return !sees(other, one);
    if (why === "realtime" || one.key !== other.key || !isWrite(other)) return true;
    return why === "rw" ? !reads(one) || sees(one, other) : !isWrite(one);
  });
}

class Facts {
  readonly #edges = new Set<string>();
  readonly #next = new Map<number, Set<number>>();

  add(before: number, after: number, why: OrderReason): void {
    this.#edges.add(`${before} ${after} ${why}`);
    this.#next.set(before, (this.#next.get(before) ?? new Set()).add(after));
  }

  has(before: number, after: number, why: OrderReason): boolean {
    return this.#edges.has(`${before} ${after} ${why}`);
  }

  /** True when some way leads from one to the other. */
  leads(from: number, to: number): boolean {
    const met = new Set<number>();
    const open = [...(this.#next.get(from) ?? [])];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (one === to) return true;
      if (met.has(one)) continue;
      met.add(one);
      open.push(...(this.#next.get(one) ?? []));
    }
    return false;
  }

  isCircular(): boolean {
    return [...this.#next.keys()].some((one) => this.leads(one, one));
  }
}

const isWrite = ({ kind }: Operation) => kind === "write" || kind === "cas";
const reads = ({ kind, outcome }: Operation) => kind === "cas" || (kind === "read" && outcome === "ok");
const sawIn = (it: Operation) => (it.kind === "cas" ? it.expected : it.result);
const sees = (reader: Operation, write: Operation) =>
  reader.id !== write.id && reads(reader) && isWrite(write) && sawIn(reader) === write.argument;

function plainFacts(witness: readonly Operation[], blamed: number, counts: Counts): Facts {
  const facts = new Facts();
  for (const one of witness) {
    for (const other of witness) {
      if (one.id === other.id) continue;
      if (sees(other, one)) facts.add(one.id, other.id, "wr");
      if (reads(one) && sawIn(one) === null && isWrite(other)) facts.add(one.id, other.id, "rw");
      const isBefore = one.outcome === "ok" && one.completedAtUs < other.invokedAtUs;
      if (!isBefore || (other.id === blamed && !counts(one, other))) continue;
      facts.add(one.id, other.id, one.session === other.session ? "session" : "realtime");
    }
  }
  return facts;
}

/** A write that comes before a reader comes before what that one saw; and whatever replaced it comes after the reader. */
function whatFollows(witness: readonly Operation[], facts: Facts): OrderEdge[] {
  const more: OrderEdge[] = [];
  const note = (before: number, after: number, why: OrderReason) => {
    if (before !== after && !facts.has(before, after, why)) more.push({ before, after, why });
  };
  const writes = witness.filter(isWrite);
  for (const one of writes) {
    for (const other of writes) {
      if (one.id !== other.id && facts.leads(one.id, other.id)) note(one.id, other.id, "ww");
    }
    for (const reader of witness.filter((it) => sees(it, one))) {
      for (const other of writes.filter(({ id }) => id !== one.id && id !== reader.id)) {
        if (facts.leads(other.id, reader.id)) note(other.id, one.id, "ww");
        if (facts.leads(one.id, other.id)) note(reader.id, other.id, "rw");
      }
    }
  }
  return more;
}
