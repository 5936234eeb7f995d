import type { ReplicaId } from "../protocol.ts";
import type { Cell, KeyedCell } from "./cell.ts";

/** What coordinators and replicas tell each other. Messages are never changed. */
export type QuorumMessage = Fetch | Fetched | Store | Stored | Handoff | HandedOff | Compare | Exchange;

/** A coordinator asks for a replica's version of a key. */
export interface Fetch {
  readonly type: "fetch";
  readonly token: number;
  readonly key: number;
  /** The write on whose behalf it asks, or −1: has the replica stored it before? */
  readonly operation: number;
  /** The attempt that asks to be the one that places this write, see `claimHere`. */
  readonly attempt: number;
  /** The replica that the receiver stands in for, or −1: it is asked for itself. */
  readonly standsFor: ReplicaId;
}

/** The answer to `fetch`: only what is durable. */
export interface Fetched {
  readonly type: "fetched";
  readonly token: number;
  readonly cell: Cell | null;
  readonly hasStored: boolean;
  /** The attempt may give the operation a version, as far as this replica is concerned. */
  readonly isGranted: boolean;
}

/** A coordinator tells a replica to hold a version. Token −1 asks for no answer (read repair). */
export interface Store {
  readonly type: "store";
  readonly token: number;
  readonly key: number;
  readonly cell: Cell;
  /** The replica that the receiver keeps it for, or −1: it is its own. */
  readonly standsFor: ReplicaId;
}

/** The answer to `store`, once it is durable (or a later version is). */
export interface Stored {
  readonly type: "stored";
  readonly token: number;
}

/** Hinted handoff: writes that were kept for a replica which did not answer. */
export interface Handoff {
  readonly type: "handoff";
  readonly writes: readonly KeyedCell[];
}

/** The answer to `handoff`, once they are durable. */
export interface HandedOff {
  readonly type: "handedOff";
  readonly writes: readonly KeyedCell[];
}

/** Anti-entropy: hashes of nodes of the sender's Merkle tree, all of one level, to be compared with the receiver's. */
export interface Compare {
  readonly type: "compare";
  readonly level: number;
  readonly nodes: readonly number[];
  readonly hashes: readonly number[];
}

/** Anti-entropy: all that the sender holds in these leaves, or in answer to that, what the other one lacks. */
export interface Exchange {
  readonly type: "exchange";
  readonly leaves: readonly number[];
  readonly writes: readonly KeyedCell[];
  readonly isAnswer: boolean;
}

/** `standsFor` of what is meant for the receiver itself. */
export const ITSELF = -1;

/** Token of a `store` that nobody waits for. */
export const NO_ANSWER = -1;
