import type { Cell, KeyedCell } from "./cell.ts";

/** What coordinators and replicas tell each other. Messages are never changed. */
export type QuorumMessage = Fetch | Fetched | Store | Stored | Handoff | HandedOff;

/** A coordinator asks for a replica's version of a key. */
export interface Fetch {
  readonly type: "fetch";
  readonly token: number;
  readonly key: number;
  /** The write on whose behalf it asks, or −1: has the replica stored it before? */
  readonly operation: number;
}

/** The answer to `fetch`: only what is durable. */
export interface Fetched {
  readonly type: "fetched";
  readonly token: number;
  readonly cell: Cell | null;
  readonly hasStored: boolean;
}

/** A coordinator tells a replica to hold a version. Token −1 asks for no answer (read repair). */
export interface Store {
  readonly type: "store";
  readonly token: number;
  readonly key: number;
  readonly cell: Cell;
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

/** Token of a `store` that nobody waits for. */
export const NO_ANSWER = -1;
