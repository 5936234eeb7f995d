import type { Us } from "../../core/time.ts";
import { createDeduplication, type Deduplication } from "../deduplication.ts";
import type { ReplicaId, ReplicaIo, ReplicationConfig, StoreRequest } from "../protocol.ts";
import type { Cell, KeyedCell } from "./cell.ts";
import type { MerkleTree } from "./merkle.ts";
import type { QuorumMessage } from "./messages.ts";

/**
 * What a replica may ask of the world. A coordinator may stand outside the group, as in Dynamo: then its number is at
 * least `replicas`, and it holds no data of its own.
 */
export type QuorumIo = ReplicaIo<QuorumMessage>;

/** A version on its way to the disk, and whom to tell when it is there. */
export interface Arrival extends KeyedCell {
  readonly from: ReplicaId;
  readonly token: number;
  /** The replica for which it is kept, or −1: it is this one's own. */
  readonly standsFor: ReplicaId;
  /** The handoff of which it is the last write, to be answered as a whole. */
  readonly handoff: readonly KeyedCell[] | null;
}

/** A request that this replica coordinates. */
export interface Coordination {
  readonly request: number;
  readonly body: StoreRequest;
  /** Names the present phase in messages; answers to an earlier one come to nothing. */
  token: number;
  /** `fetch` collects versions, `store` places one: the value of a write, or the one that a read writes back. */
  phase: "fetch" | "store";
  /** The client has its answer; what is left is repair. */
  isAnswered: boolean;
  /** Answers that the phase waits for. */
  needed: number;
  /** Replicas that answered in this phase. */
  readonly answered: boolean[];
  answers: number;
  /** By replica: whom the phase asked for its part, the replica itself or a node that stands in for it. */
  readonly asked: ReplicaId[];
  /** Beats of the suspicion timer since the phase began. */
  beats: number;
  /** Newest version seen, and by replica the version that each told. */
  newest: Cell | null;
  readonly told: (Cell | null)[];
  /** Names this attempt at a write among all others. */
  readonly attempt: number;
  /** Replicas that granted this attempt its claim on the operation. */
  claims: number;
  /** A replica had stored this very operation before: it is a retry. */
  isRetry: boolean;
  /** What the phase `store` places, and whether others have been sent it: a write with siblings is first on the own disk. */
  cell: Cell | null;
  isSpread: boolean;
  sweeps: number;
}

/** A version that is kept for a replica, and since when by the clock of its keeper. */
export interface Hint {
  readonly cell: Cell;
  readonly sinceUs: Us;
}

/** A replica's whole state. */
export interface QuorumState {
  config: ReplicationConfig;
  /** What is durable here. Reads see nothing else, so that no crash takes back what was read. */
  readonly cells: Map<number, Cell>;
  /** By operation: the attempt that may give it a version, see `claimHere`. */
  readonly claims: Map<number, number>;
  /** Operations stored here. */
  readonly stored: Deduplication;
  /** Sum of the ordinals of all cells. */
  position: number;
  /** Newest stamp given: stamps of one coordinator never repeat. */
  lastStampUs: Us;

  /** Versions that the sync under way takes along, and those that came since. */
  syncing: Arrival[];
  arriving: Arrival[];

  nextToken: number;
  readonly coordinations: Map<number, Coordination>;

  /** By replica: the newest version of each key that it did not acknowledge, longest kept first. */
  readonly hints: readonly Map<number, Hint>[];
  /** By replica: a handoff is under way. */
  readonly handingOff: boolean[];
  isHandoffTimerSet: boolean;

  /** How often the disk was lost. */
  life: number;
  /** By node: beats for which it is still taken to be down; 0: it is taken to be well. */
  readonly suspected: number[];
  /** Merkle tree of `cells`; null when it was not asked for since they changed. */
  tree: MerkleTree | null;
  /** How many comparisons this replica has begun: whom it meets next. */
  comparisons: number;
}

/** Timers of a replica. */
export const TIMER = { sweep: 0, handoff: 1, suspicion: 2, antiEntropy: 3 } as const;

/** A replica that holds nothing. */
export function createState(io: QuorumIo, config: ReplicationConfig): QuorumState {
  return {
    config,
    cells: new Map(),
    claims: new Map(),
    stored: createDeduplication(),
    position: 0,
    lastStampUs: 0,
    syncing: [],
    arriving: [],
    nextToken: 1,
    coordinations: new Map(),
    hints: Array.from({ length: io.replicas }, () => new Map<number, Hint>()),
    handingOff: new Array<boolean>(io.replicas).fill(false),
    isHandoffTimerSet: false,
    life: 0,
    suspected: new Array<number>(io.replicas + config.standIns).fill(0),
    tree: null,
    comparisons: 0,
  };
}
