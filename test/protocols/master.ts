import { changeMembership, firstMembership, type Membership } from "../../shared/protocols/membership.ts";
import type { ReplicaId } from "../../shared/protocols/protocol.ts";
import type { Cluster } from "./cluster.ts";
import { oneOf, type Trouble } from "./troubles.ts";

/** Operators as the configuration master of a cluster: they fence a replica, and let it back in. */
export class Master {
  readonly #cluster: Cluster<unknown, unknown>;
  #membership: Membership;

  constructor(cluster: Cluster<unknown, unknown>) {
    this.#cluster = cluster;
    this.#membership = firstMembership(cluster.replicas);
  }

  /** Cuts a replica off from everybody and takes it out. */
  fence(replica: ReplicaId): void {
    this.#cluster.fence(replica, true);
    this.#decide(this.#membership.members.filter((member) => member !== replica));
  }

  letIn(replica: ReplicaId): void {
    this.#cluster.fence(replica, false);
    this.#decide([...this.#membership.members, replica]);
  }

  letAllIn(): void {
    for (let replica = 0; replica < this.#cluster.replicas; replica++) {
      if (!this.#membership.members.includes(replica)) this.letIn(replica);
    }
  }

  /**
   * Fences somebody, as long as one that has everything is left, and lets it back in after a while, now and then with an
   * empty disk.
   */
  readonly fencing: Trouble = {
    name: "fencing",
    strike: (cluster, luck) => {
      const { members } = this.#membership;
      const victim = oneOf(luck, members);
      const outMs = 100 + luck() * 600;
      const isWiped = luck() < 0.3;
      const heir = members.find((member) => member !== victim);
      if (heir === undefined || cluster.status(heir).role === "joining") return;
      this.fence(victim);
      cluster.later(outMs, () => {
        if (this.#membership.members.includes(victim)) return;
        if (isWiped) {
          cluster.crash(victim);
          cluster.restart(victim, true);
        }
        this.letIn(victim);
      });
    },
  };

  #decide(present: readonly ReplicaId[]): void {
    this.#membership = changeMembership(this.#membership, present);
    const { members } = this.#membership;
    this.#cluster.order({ type: "members", members, membership: this.#membership });
  }
}
