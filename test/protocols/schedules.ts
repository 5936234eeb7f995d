import type { OperationKind } from "../../shared/core/operations.ts";
import type { Operation } from "../../shared/history/operation.ts";
import type { Protocol, ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { CLIENTS, Clients } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { endTroubles, trouble, type Trouble } from "./troubles.ts";
import { FOUL_WEATHER, type Weather } from "./weather.ts";

/** One kind of random schedule: which protocol, how it is set, and what happens to it. */
export interface Schedule {
  readonly protocol: Protocol<unknown, unknown>;
  readonly replicas: number;
  readonly config: Partial<ReplicationConfig>;
  readonly troubles: readonly Trouble[];
  readonly kinds: readonly OperationKind[];
  readonly attempts: number;
  readonly weather?: Weather;
}

/** What clients saw in four seconds of trouble and two of peace. */
export function historyOf(seed: string, schedule: Schedule): Operation[] {
  const { protocol, replicas, config, troubles, kinds, attempts, weather } = schedule;
  const cluster = new Cluster({ protocol, replicas, seed, config, weather: weather ?? FOUL_WEATHER });
  const clients = new Clients(cluster, { ...CLIENTS, seed, kinds, attempts });
  trouble(cluster, seed, { troubles, forMs: 4_000 });
  cluster.run(4_000);
  endTroubles(cluster);
  cluster.run(2_000);
  return clients.history();
}
