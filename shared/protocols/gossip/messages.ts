import type { DataTypeName } from "../crdt/registry.ts";

/** What replicas tell each other. Messages are never changed. */
export type GossipMessage = News | Ask | Heard;

/** How far somebody's changes are known: all up to this position of that life of its disk. */
export interface Mark {
  readonly life: number;
  readonly position: number;
}

/** A key and its state at the sender. */
export interface KeyedState {
  readonly key: number;
  readonly state: unknown;
}

/** The sender's keys that changed after its position `since`, up to `upTo`, each with its whole state. */
export interface News {
  readonly type: "news";
  readonly life: number;
  readonly since: number;
  readonly upTo: number;
  readonly entries: readonly KeyedState[];
  /** The data type of these states: a store may have gone over to another one since. */
  readonly data: DataTypeName;
  /** How far the sender knows the receiver's changes. */
  readonly heard: Mark;
  /** What the receiver owes: its own news (pushPull), a word that it has heard (push), or nothing (pull). */
  readonly answer: "news" | "heard" | "none";
}

/** Pull: the receiver is to send what has changed since. */
export interface Ask {
  readonly type: "ask";
  readonly life: number;
  readonly heard: Mark;
}

/** Push: the news are on disk. */
export interface Heard {
  readonly type: "heard";
  readonly life: number;
  readonly heard: Mark;
}
