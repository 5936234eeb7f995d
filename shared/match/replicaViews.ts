import type { ReplicaStatus } from "../protocols/protocol.ts";
import type { ReplicaView } from "./view.ts";

/** A replica on a machine, as somebody knows it. */
export type KnownReplica = ReplicaStatus & { readonly store: number; readonly shard: number };

/** The replicas of each node as they are shown; how far one is behind is told from the newest that is known of its shard. */
export function replicaViews(byNode: readonly (readonly KnownReplica[])[]): ReplicaView[][] {
  const newest = new Map<string, number>();
  for (const { store, shard, position } of byNode.flat()) {
    const key = `${store}/${shard}`;
    newest.set(key, Math.max(position, newest.get(key) ?? 0));
  }
  return byNode.map((replicas) =>
    replicas.map(({ store, shard, role, term, position }) => ({
      store,
      shard,
      role,
      term,
      behind: Math.max(0, newest.get(`${store}/${shard}`)! - position),
    })),
  );
}
