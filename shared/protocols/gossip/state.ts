import type { DataType } from "../crdt/dataType.ts";
import { dataTypes } from "../crdt/registry.ts";
import { createDeduplication, type Deduplication } from "../deduplication.ts";
import type { ReplicaId, ReplicaIo, ReplicationConfig, StoreRequest } from "../protocol.ts";
import type { GossipMessage, Mark, News } from "./messages.ts";

export type GossipIo = ReplicaIo<GossipMessage>;

/** What a replica holds of one key. */
export interface Entry {
  readonly key: number;
  readonly state: unknown;
  /** Which change of this replica was the last one of the key. */
  readonly position: number;
  /** Who told exactly this state, and so need not be told; `NOBODY` when nobody did. */
  readonly from: ReplicaId;
}

/** `Entry.from` of a state that nobody told. */
export const NOBODY = -1;

/** A change on its way to the disk: a client's, or news of another replica. */
export type Arrival =
  | { readonly type: "update"; readonly request: number; readonly body: StoreRequest }
  | { readonly type: "news"; readonly from: ReplicaId; readonly news: News };

/** A replica's whole state. */
export interface GossipState {
  config: ReplicationConfig;
  /** How often the disk was lost. */
  life: number;
  /** What is durable here, by key. Reads see nothing else, so that no crash takes back what was read. */
  readonly entries: Map<number, Entry>;
  /** Entries in the order of their changes, some of them changed again since. */
  changes: Entry[];
  /** Changes so far in this life. */
  position: number;
  /** Operations that were applied here. */
  readonly answered: Deduplication;
  /** By replica: the newest life that it was heard of in. */
  readonly lives: number[];
  /** By replica: how far this one knows its changes, and how far it is known to know this one's. */
  readonly heard: Mark[];
  readonly told: number[];
  /** Changes that the sync under way takes along, and those that came since. */
  syncing: Arrival[];
  arriving: Arrival[];
}

/** Timer of a replica. */
export const TIMER = { round: 0 } as const;

/** A replica that holds nothing. */
export function createState(io: GossipIo, config: ReplicationConfig, life: number): GossipState {
  return {
    config,
    life,
    entries: new Map(),
    changes: [],
    position: 0,
    answered: createDeduplication(),
    lives: new Array<number>(io.replicas).fill(0),
    heard: Array.from({ length: io.replicas }, () => ({ life: 0, position: 0 })),
    told: new Array<number>(io.replicas).fill(0),
    syncing: [],
    arriving: [],
  };
}

/** What keys hold in this store. */
export function typeOf({ config }: GossipState): DataType<unknown> {
  return dataTypes[config.data];
}

/** State of a key; the bottom of the lattice where nothing has happened yet. */
export function stateOf(state: GossipState, key: number): unknown {
  return state.entries.get(key)?.state ?? typeOf(state).empty;
}
