import type { Us } from "../../core/time.ts";
import type { StoreRequest } from "../protocol.ts";

/** What the replicas of a chain tell each other. Messages are never changed; those of another configuration are dropped. */
export type ChainMessage = Forward | Forwarded | Acknowledged | VersionQuery | Version;

/** Down the chain: updates for the successor, in the order of the head; without any a heartbeat. */
export interface Forward {
  readonly type: "forward";
  readonly configuration: number;
  /** Which history the updates belong to: another one after somebody began anew. */
  readonly lineage: number;
  /** The updates follow this index. */
  readonly previousIndex: number;
  readonly updates: readonly StoreRequest[];
  readonly committedIndex: number;
  /** Counts the sender's rounds; the answer names it. */
  readonly round: number;
  /** For a successor that joined under this stamp: it is of the chain once it holds `handOverIndex`; −1 for nobody. */
  readonly handOverTo: Us;
  readonly handOverIndex: number;
}

/** Back to the predecessor, once what it claims is durable. */
export interface Forwarded {
  readonly type: "forwarded";
  readonly configuration: number;
  /** False when updates before those that came are missing here. */
  readonly success: boolean;
  /** This replica has all updates up to here on disk. */
  readonly index: number;
  readonly round: number;
  /** When it joined, by its own clock: tells one joining from the next. */
  readonly stampUs: Us;
  readonly isEstablished: boolean;
  /** Nobody beyond it is established. */
  readonly isEnd: boolean;
}

/** From the tail to everybody: updates up to here count. Also its heartbeat. */
export interface Acknowledged {
  readonly type: "acknowledged";
  readonly configuration: number;
  readonly index: number;
  /** The tail's clock when it sent this: whoever has all that, is as fresh as that. */
  readonly asOfUs: Us;
}

/** To the tail: up to where do updates count now? */
export interface VersionQuery {
  readonly type: "versionQuery";
  readonly configuration: number;
  readonly query: number;
}

/** The tail's answer. */
export interface Version {
  readonly type: "version";
  readonly configuration: number;
  readonly query: number;
  readonly index: number;
}

/** What is forwarded when there is nothing to forward. */
export const NO_UPDATES: readonly StoreRequest[] = [];
