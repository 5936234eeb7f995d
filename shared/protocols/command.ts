import type { Membership } from "./membership.ts";
import type { ReplicaId } from "./protocol.ts";

/** Orders of an operator, over the management network. */
export type Command =
  /** Become primary with these members (fenced ones left out). */
  | { readonly type: "promote"; readonly members: readonly ReplicaId[] }
  /** Members changed: somebody was fenced or came back. `membership` says it all, for protocols that keep an order. */
  | { readonly type: "members"; readonly members: readonly ReplicaId[]; readonly membership?: Membership }
  | { readonly type: "stepDown" }
  /** quorum: compare this replica with all others now, and mend what differs. */
  | { readonly type: "repair" }
  /** Step down in favour of this replica, as soon as it has all that the leader has. */
  | { readonly type: "transfer"; readonly to: ReplicaId }
  /** The leader lets a replica catch up and then vote, or takes its vote away: one change at a time. */
  | { readonly type: "addReplica"; readonly replica: ReplicaId }
  | { readonly type: "removeReplica"; readonly replica: ReplicaId };
