import { blockOf } from "../core/operations.ts";
import type { Operation } from "../history/operation.ts";

/**
 * What a scan says about each key: as much as a read of it would have said, at some moment between question and answer;
 * not all at one moment. A value names the key that it was written to. Where the answer says that it covers all keys, one
 * of which there is no value has none; where it covers fewer, nobody knows which are missing.
 */
export class Scans {
  readonly #keys = new Map<number, number>();

  /** A write was asked for: its value is about this key. */
  note({ kind, key, argument }: Operation): void {
    if ((kind === "write" || kind === "cas") && argument !== null) this.#keys.set(argument, key);
  }

  /** The reads that a scan comes to; an operation that is none stays as it is. */
  readsOf(operation: Operation): Operation[] {
    if (operation.kind !== "scan") return [operation];
    if (operation.outcome !== "ok") return [];
    const block = blockOf(operation.key, operation.argument ?? 1);
    const found = new Map<number, number>();
    const strange: number[] = [];
    for (const value of operation.results ?? []) {
      const key = this.#keys.get(value);
      if (key === undefined || !block.includes(key)) strange.push(value);
      else found.set(key, value);
    }
    const told = operation.result === block.length ? block : [...found.keys()];
    return [
      ...told.map((key) => readOf(operation, key, found.get(key) ?? null)),
      ...strange.map((value) => readOf(operation, operation.key, value)),
    ];
  }
}

/** The same history with the reads that its scans come to in their place. */
export function readsInstead(history: readonly Operation[]): Operation[] {
  const scans = new Scans();
  for (const operation of history) scans.note(operation);
  return history.flatMap((operation) => scans.readsOf(operation));
}

function readOf(scan: Operation, key: number, result: number | null): Operation {
  return { ...scan, kind: "read", key, argument: null, result, results: null };
}
