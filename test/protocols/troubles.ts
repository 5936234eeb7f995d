import { invariant } from "../../shared/core/invariant.ts";
import { pick, RandomStreams, type Stream } from "../../shared/core/random.ts";
import type { ReplicaId } from "../../shared/protocols/protocol.ts";
import type { Cluster } from "./cluster.ts";

/** What may happen to a cluster, one at a time, now and then. */
export interface Trouble {
  readonly name: string;
  readonly strike: (cluster: Cluster<unknown, unknown>, luck: Stream) => void;
}

const someReplica = (cluster: Cluster<unknown, unknown>, luck: Stream): ReplicaId => pick(luck, cluster.replicas);

export const partition: Trouble = {
  name: "partition",
  strike: (cluster, luck) => {
    const everybody = Array.from({ length: cluster.replicas }, (_, replica) => replica);
    cluster.partition(everybody.filter(() => luck() < 0.5));
  },
};

export const asymmetricPartition: Trouble = {
  name: "asymmetricPartition",
  strike: (cluster, luck) => {
    const deaf = someReplica(cluster, luck);
    for (let from = 0; from < cluster.replicas; from++) if (from !== deaf && luck() < 0.7) cluster.cut(from, deaf);
  },
};

export const heal: Trouble = { name: "heal", strike: (cluster) => cluster.heal() };

export const crash: Trouble = {
  name: "crash",
  strike: (cluster, luck) => {
    const victim = someReplica(cluster, luck);
    cluster.crash(victim);
    cluster.later(20 + luck() * 600, () => cluster.restart(victim));
  },
};

/** The power fails for everybody at once: only what is on disk comes back. */
export const powerLoss: Trouble = {
  name: "powerLoss",
  strike: (cluster, luck) => {
    for (let victim = 0; victim < cluster.replicas; victim++) {
      cluster.crash(victim);
      cluster.later(luck() * 100, () => cluster.restart(victim));
    }
  },
};

export const pause: Trouble = {
  name: "pause",
  strike: (cluster, luck) => {
    const victim = someReplica(cluster, luck);
    cluster.pause(victim);
    cluster.later(20 + luck() * 600, () => cluster.resume(victim));
  },
};

/** An operator promotes somebody, with everybody a member. */
export const promotion: Trouble = {
  name: "promotion",
  strike: (cluster, luck) => {
    const members = Array.from({ length: cluster.replicas }, (_, replica) => replica);
    cluster.command(someReplica(cluster, luck), { type: "promote", members });
  },
};

export const stepDown: Trouble = {
  name: "stepDown",
  strike: (cluster, luck) => {
    cluster.command(someReplica(cluster, luck), { type: "stepDown" });
  },
};

/** What every protocol must live with. */
export const TROUBLES = [partition, asymmetricPartition, heal, heal, crash, powerLoss, pause, stepDown];

/** Lets one of the troubles strike every 50 to 400 ms, for `forMs`. */
export function trouble(
  cluster: Cluster<unknown, unknown>,
  seed: string,
  { troubles, forMs }: { readonly troubles: readonly Trouble[]; readonly forMs: number },
): void {
  const luck = new RandomStreams(seed).stream("troubles", "all");
  for (let atMs = 100 + luck() * 300; atMs < forMs; atMs += 50 + luck() * 350) {
    cluster.later(atMs, () => oneOf(luck, troubles).strike(cluster, luck));
  }
}

/** Ends all troubles: the network is whole, everybody is up. */
export function endTroubles(cluster: Cluster<unknown, unknown>): void {
  cluster.heal();
  for (let replica = 0; replica < cluster.replicas; replica++) {
    cluster.resume(replica);
    cluster.restart(replica);
  }
}

/** One of a list, by luck. */
export function oneOf<Item>(luck: Stream, items: readonly Item[]): Item {
  const item = items[pick(luck, items.length)];
  invariant(item !== undefined, "oneOf: nothing to choose from");
  return item;
}
