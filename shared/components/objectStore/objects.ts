import type { Ledgered } from "../durable.ts";

/** An object that is complete. Its ticket is the number of the upload's operation + 1. */
export interface StoredObject {
  readonly operation: number;
  readonly key: number;
  readonly megabytes: number;
}

/** What a node of an object store keeps on its disk. */
export interface Objects {
  /** Objects of its keys, by the operation that uploaded them. */
  readonly complete: Map<number, StoredObject>;
  /** Tickets by key, in the order in which they were completed. */
  readonly tickets: Map<number, readonly number[]>;
  /** Operations whose event no queue has yet acknowledged. */
  readonly untold: Set<number>;
  /** Parts of anybody's uploads that this node holds, by "operation/number". */
  readonly parts: Map<string, number>;
  /** Of all those parts. */
  megabytes: number;
}

/** A change of it, as it stands in the log of its disk. */
export type ObjectChange =
  | { readonly type: "part"; readonly name: string; readonly megabytes: number }
  | { readonly type: "complete"; readonly object: StoredObject; readonly tells: boolean }
  | { readonly type: "told"; readonly operation: number };

/** The rules of its disk. An object and the duty to tell of it are written together: an outbox. */
export const objectsDisk: Ledgered<Objects, ObjectChange> = {
  empty: () => ({ complete: new Map(), tickets: new Map(), untold: new Set(), parts: new Map(), megabytes: 0 }),
  apply(objects, change) {
    if (change.type === "part") {
      objects.megabytes += change.megabytes - (objects.parts.get(change.name) ?? 0);
      objects.parts.set(change.name, change.megabytes);
    } else if (change.type === "told") objects.untold.delete(change.operation);
    else if (!objects.complete.has(change.object.operation)) {
      const { operation, key } = change.object;
      objects.complete.set(operation, change.object);
      objects.tickets.set(key, [...(objects.tickets.get(key) ?? []), operation + 1]);
      if (change.tells) objects.untold.add(operation);
    }
  },
  copy: ({ complete, tickets, untold, parts, megabytes }) => ({
    complete: new Map(complete),
    tickets: new Map(tickets),
    untold: new Set(untold),
    parts: new Map(parts),
    megabytes,
  }),
};
