import type { Transaction } from "../../history/transactions.ts";
import type { Anomaly } from "../checker.ts";
import { rivalOrder } from "./rivalOrder.ts";
import { externalReads, type RegisterHistory, type Writes } from "./registerVersions.ts";

/** Reads of what an aborted transaction wrote (G1a), or of what another wrote only for the time being (G1b). */
export function dirtyRegisterReads(nodes: readonly Transaction[], writes: Writes): Anomaly[] {
  return nodes.flatMap((by) =>
    externalReads(by).flatMap(({ key, value }): Anomaly[] => {
      const write = value === null ? undefined : writes.of(key, value);
      if (write === undefined || write.by === by) return [];
      const isAborted = write.by.outcome === "fail";
      if (!isAborted && write.isLast) return [];
      const why = isAborted ? "although that was aborted" : "and not what it wrote after that";
      const witness = [by.id, write.by.id].toSorted((a, b) => a - b);
      const sentence = `Transaction #${by.id} read from key ${key} what #${write.by.id} had written, ${why}.`;
      return [{ name: isAborted ? "G1a" : "G1b", operation: by.id, witness, sentence, order: [] }];
    }),
  );
}

/** Transactions that read the same version of a register and both wrote it: one of them passed over the other. */
export function lostRegisterUpdates(register: RegisterHistory, nodes: readonly Transaction[]): Anomaly[] {
  const writers = new Set(register.writers);
  const updaters = new Map<number, number>();
  return register.reads.flatMap(({ reader, writer }): Anomaly[] => {
    if (!writers.has(reader)) return [];
    const other = updaters.get(writer);
    updaters.set(writer, reader);
    if (other === undefined || other === reader) return [];
    const ids = [nodes[other]!.id, nodes[reader]!.id];
    const sentence = `Transactions #${ids[0]} and #${ids[1]} read the same version of key ${register.key} and both wrote it: one of the two updates is lost.`;
    const witness = ids.toSorted((a, b) => a - b);
    return [{ name: "lostUpdate", operation: ids[1]!, witness, sentence, order: rivalOrder(ids[0]!, ids[1]!) }];
  });
}
