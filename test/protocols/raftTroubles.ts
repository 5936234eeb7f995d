import { pick } from "../../shared/core/random.ts";
import type { RaftState } from "../../shared/protocols/raft/state.ts";
import type { Cluster } from "./cluster.ts";
import { oneOf, type Trouble } from "./troubles.ts";

/** What only Raft must live with: orders that only its leader takes, and a lost disk. */

const replicasOf = (cluster: Cluster<unknown, unknown>): number[] =>
  Array.from({ length: cluster.replicas }, (_, replica) => replica);

const stateOf = (cluster: Cluster<unknown, unknown>, replica: number): RaftState => cluster.state(replica) as RaftState;

/** True when every replica is up, and has all that it ever promised on its disk. */
function isWhole(cluster: Cluster<unknown, unknown>): boolean {
  return replicasOf(cluster).every((replica) => {
    const { whereabouts, electableFrom, saved } = stateOf(cluster, replica);
    return cluster.isUp(replica) && whereabouts === null && saved.lastIndex >= electableFrom;
  });
}

/** A replica loses its disk while all others have theirs: a majority without disks has lost what it had promised. */
export const oneDiskLost: Trouble = {
  name: "oneDiskLost",
  strike: (cluster, luck) => {
    const replicas = replicasOf(cluster);
    // Of two members one is no majority.
    const isEnough = replicas.every((replica) => stateOf(cluster, replica).members.length > 2);
    if (!isWhole(cluster) || !isEnough) return;
    const victim = oneOf(luck, replicas);
    cluster.crash(victim);
    cluster.later(luck() * 300, () => cluster.restart(victim, true));
  },
};

/** An operator asks for another leader, of whoever thinks that it leads. */
export const transfer: Trouble = {
  name: "transfer",
  strike: (cluster, luck) => {
    const to = pick(luck, cluster.replicas);
    for (const replica of replicasOf(cluster)) cluster.command(replica, { type: "transfer", to });
  },
};

/**
 * An operator adds a replica or takes one out, as it comes: whoever thinks that it leads may take the order. Nobody takes
 * out a replica that is well while another recovers from the loss of its disk.
 */
export const membershipChange: Trouble = {
  name: "membershipChange",
  strike: (cluster, luck) => {
    const replica = pick(luck, cluster.replicas);
    const leader = replicasOf(cluster).find((one) => stateOf(cluster, one).role === "leader") ?? 0;
    const isMember = stateOf(cluster, leader).members.includes(replica);
    if (isMember && !isWhole(cluster)) return;
    const type = isMember ? "removeReplica" : "addReplica";
    for (const one of replicasOf(cluster)) cluster.command(one, { type, replica });
  },
};
