import { protocols } from "../../../shared/protocols/registry.ts";
import type { Ground } from "./ground.ts";
import type { Lots } from "./lots.ts";
import type { Line } from "./sketch.ts";

export type ProtocolName = keyof typeof protocols;

/** Replicas that a store of each protocol is tried with. */
const SIZES: Readonly<Record<ProtocolName, readonly number[]>> = {
  single: [1],
  primaryBackup: [1, 2, 3, 5],
  chain: [1, 2, 3, 4, 5],
  quorum: [1, 2, 3, 4, 5, 7],
  gossip: [2, 3, 5, 7],
  raft: [1, 2, 3, 4, 5, 7],
};

/** How many machines a run of a protocol has for data. */
export function drawReplicas(lots: Lots, protocol: ProtocolName): number {
  return lots.oneOf(SIZES[protocol]);
}

/** The lines of a store: every option of its protocol comes up, each in some runs. */
export function drawStore(lots: Lots, protocol: ProtocolName, ground: Ground): Line {
  const shards = lots.oneOf([1, 1, 1, 2, 4]);
  const resharding = drawResharding(lots, protocol, shards);
  const isWhole = shards === 1 && resharding["resharding"] === undefined;
  const stops = protocols[protocol].stops.filter((stop) => isWhole || stop !== "causal");
  const heartbeat = lots.oneOf([50, 150]);
  return {
    kind: "store",
    on: ground.replicas,
    protocol,
    dial: stops,
    starts: lots.oneOf(stops),
    keys: lots.oneOf([2, 5, 12]),
    shards,
    heartbeat: `${heartbeat}ms`,
    requestTimeout: `${lots.oneOf([300, 1_000])}ms`,
    bound: `${lots.oneOf([300, 1_000])}ms`,
    readTime: `${lots.oneOf([0.5, 2])}ms`,
    writeTime: `${lots.oneOf([1, 3])}ms`,
    ...resharding,
    ...OPTIONS[protocol](lots, ground, heartbeat),
  };
}

function drawResharding(lots: Lots, protocol: ProtocolName, shards: number): Line {
  const { registers } = protocols[protocol] as { readonly registers?: unknown };
  if (registers === undefined || !lots.chance(0.25)) return {};
  const resharding = { shardsMax: shards + 2, batch: lots.oneOf([1, 4]), mapDelay: lots.oneOf(["50ms", "500ms"]) };
  return { resharding, partitioning: { by: lots.oneOf(["modulo", "hash", "range"]) } };
}

const nothing = (): Line => ({});

const OPTIONS: Readonly<Record<ProtocolName, (lots: Lots, ground: Ground, heartbeat: number) => Line>> = {
  single: nothing,
  chain: nothing,
  primaryBackup: (lots, { replicas }, heartbeat) => ({
    mode: lots.oneOf(["async", "semiSync", "sync", "sync"]),
    ackedBackups: lots.whole(1, 2),
    semiSyncTimeout: lots.oneOf(["100ms", "10s"]),
    fencingTokens: lots.chance(0.3),
    primary: lots.oneOf(replicas),
    ...(lots.chance(0.3) ? { lease: `${heartbeat * 6}ms`, leaseMargin: "20ms" } : {}),
    ...(lots.chance(0.3) && replicas.length > 2
      ? { failover: "peers", failoverAfter: lots.oneOf(["500ms", "2s"]), fence: lots.chance(0.5) }
      : {}),
  }),
  quorum: (lots, { replicas }) => {
    const replicationFactor = lots.whole(1, Math.min(5, replicas.length));
    return {
      replicationFactor,
      readQuorum: lots.whole(1, replicationFactor),
      writeQuorum: lots.whole(1, replicationFactor),
      hintedHandoff: lots.chance(0.7),
      readRepair: lots.chance(0.7),
      hintWindow: lots.oneOf(["2s", "3h"]),
      sloppy: lots.chance(0.3),
      antiEntropy: lots.oneOf(["0s", "300ms", "1s"]),
      conflict: lots.oneOf(["lastWriteWins", "siblings"]),
    };
  },
  gossip: (lots) => ({
    gossip: {
      style: lots.oneOf(["push", "pull", "pushPull"]),
      fanout: lots.whole(1, 2),
      interval: lots.oneOf(["50ms", "200ms"]),
    },
  }),
  raft: (lots, { replicas }, heartbeat) => {
    const spares = replicas.length > 2 && lots.chance(0.3) ? replicas.slice(-1) : [];
    return {
      on: replicas.filter((name) => !spares.includes(name)),
      spares,
      electionTimeout: `${heartbeat * lots.oneOf([5, 8])}ms`,
      snapshotEvery: lots.oneOf([0, 10, 8_192]),
      preVote: lots.chance(0.5),
      reads: lots.oneOf(["readIndex", "lease", "follower"]),
    };
  },
};
