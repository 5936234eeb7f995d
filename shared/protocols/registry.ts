import { chain } from "./chain/chain.ts";
import { gossip } from "./gossip/gossip.ts";
import { primaryBackup } from "./primaryBackup/primaryBackup.ts";
import type { Protocol } from "./protocol.ts";
import { quorum } from "./quorum/quorum.ts";
import { raft } from "./raft/raft.ts";
import { single } from "./single.ts";

/** Every way in which the replicas of a store can agree; a level names one of them. */
export const protocols = { single, primaryBackup, chain, quorum, gossip, raft } satisfies Record<string, Protocol<unknown, unknown>>;
