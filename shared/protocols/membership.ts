import type { ReplicaId } from "./protocol.ts";

/**
 * Who belongs to a group, as its configuration master says: here the operators, over the management network.
 * Source: van Renesse & Schneider 2004, section 3 (the master); Lin et al. 2008, PacificA, section 2.2.
 */
export interface Membership {
  /** Counts what the master said, so that a replica knows news from an old story; 0 at the start. */
  readonly configuration: number;
  /** Members, those who came back last: the order of a chain. */
  readonly members: readonly ReplicaId[];
  /** By replica: the configuration in which it joined last; 0 for those who were there from the start. */
  readonly joinedAt: readonly number[];
}

/** Everybody, in the order of the replicas. */
export function firstMembership(replicas: number): Membership {
  const members = Array.from({ length: replicas }, (_, replica) => replica);
  return { configuration: 0, members, joinedAt: members.map(() => 0) };
}

/** The master takes out whoever is not present, and lets in at the end whoever is and was not. */
export function changeMembership(before: Membership, present: readonly ReplicaId[]): Membership {
  const configuration = before.configuration + 1;
  const staying = before.members.filter((replica) => present.includes(replica));
  const joining = present.filter((replica) => !before.members.includes(replica));
  return {
    configuration,
    members: [...staying, ...joining],
    joinedAt: before.joinedAt.map((at, replica) => (joining.includes(replica) ? configuration : at)),
  };
}
