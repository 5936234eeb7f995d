import type { Transaction } from "../../history/transactions.ts";

/** A read of a register: by which transaction (as a node), of whose write; −1 for the value before all writes. */
export interface VersionRead {
  readonly reader: number;
  readonly writer: number;
}

/** One register: the transactions that wrote it, and the reads of it that saw what others had written. */
export interface RegisterHistory {
  readonly key: string | number;
  readonly number: number;
  /** Nodes that wrote it, each once. */
  readonly writers: readonly number[];
  readonly reads: readonly VersionRead[];
}

/** A write of a value: by which transaction, and whether it was that one's last to the register. */
export interface Write {
  readonly by: Transaction;
  readonly isLast: boolean;
}

/** All writes of a history by key and value. */
export class Writes {
  readonly #byKey = new Map<string | number, Map<unknown, Write>>();
  /** Why a read of some value does not name one transaction; undefined while every one does. */
  readonly doubt: string | undefined;

  constructor(transactions: readonly Transaction[]) {
    for (const by of transactions) {
      const last = new Map(by.steps.filter(({ f }) => f === "w").map(({ key, value }) => [key, value]));
      for (const { f, key, value } of by.steps) {
        if (f !== "w") continue;
        const values = this.#byKey.get(key) ?? new Map<unknown, Write>();
        this.#byKey.set(key, values);
        if (values.has(value))
          this.doubt ??= `The value ${JSON.stringify(value)} was written to key ${key} twice, so its reads do not name one transaction.`;
        values.set(value, { by, isLast: last.get(key) === value });
      }
    }
  }

  /** Who wrote a value; undefined when nobody in the history did. */
  of(key: string | number, value: unknown): Write | undefined {
    return this.#byKey.get(key)?.get(value);
  }
}

/** The reads of a transaction that tell what others had written: of every key those before its own first write. */
export function externalReads({
  steps,
  outcome,
}: Transaction): { readonly key: string | number; readonly value: unknown; readonly step: number }[] {
  if (outcome !== "ok") return [];
  const written = new Set<string | number>();
  return steps.flatMap(({ f, key, value }, step) => {
    if (f === "w") written.add(key);
    return f === "r" && !written.has(key) ? [{ key, value, step }] : [];
  });
}

/** The registers of a history. A value that nobody in it wrote names nobody, and a read of it says nothing. */
export function registersOf(nodes: readonly Transaction[], writes: Writes): RegisterHistory[] {
  const nodeOf = new Map(nodes.map((it, node) => [it, node]));
  const registers = new Map<string | number, { writers: number[]; reads: VersionRead[] }>();
  const registerOf = (key: string | number) => {
    const known = registers.get(key) ?? { writers: [], reads: [] };
    registers.set(key, known);
    return known;
  };
  for (const [node, transaction] of nodes.entries()) {
    for (const { f, key } of transaction.steps) {
      const register = registerOf(key);
      if (f === "w" && register.writers.at(-1) !== node) register.writers.push(node);
    }
    for (const { key, value } of externalReads(transaction)) {
      const writer = value === null ? -1 : nodeOf.get(writes.of(key, value)?.by as Transaction);
      if (writer !== undefined && writer !== node) registerOf(key).reads.push({ reader: node, writer });
    }
  }
  return [...registers].map(([key, found], number) => ({ key, number, ...found }));
}
