import type { Letter } from "./partition.ts";

/** What consumers tell brokers and the coordinator of their group. Each may be lost, late or repeated. */
export type FromConsumer =
  /** "I want to take part", or "I have let go of my partitions, deal them again". */
  | { readonly type: "join"; readonly group: number; readonly generation: number }
  | { readonly type: "heartbeat"; readonly group: number; readonly generation: number }
  | Fetch
  /** "Send me this one again, I could not do it." */
  | { readonly type: "again"; readonly at: Place; readonly offset: number }
  /** "Everything before this offset is done." */
  | { readonly type: "commit"; readonly at: Place; readonly offset: number };

/** A partition as one holder knows it: brokers turn away whoever speaks with an older generation than they have seen. */
export interface Place {
  readonly group: number;
  readonly generation: number;
  readonly partition: number;
  /** Which life of the partition's disk it is about; offsets of another mean nothing. */
  readonly life: number;
}

/** "Send me what there is from this offset on." */
export interface Fetch {
  readonly type: "fetch";
  readonly at: Place;
  /** −1 for where the group has come. */
  readonly from: number;
  readonly most: number;
  /** When there is nothing: wait for something, rather than answer that there is nothing. */
  readonly wait: boolean;
}

/** A message that is delivered; `dead` when it was delivered too often and has been put aside. */
export interface Delivery {
  readonly letter: Letter;
  readonly dead: boolean;
}

/** What the coordinator and the brokers tell consumers. */
export type ToConsumer =
  | { readonly type: "alive"; readonly group: number }
  /** "Let go of your partitions and join: they are dealt again." */
  | { readonly type: "rejoin"; readonly group: number }
  | {
      readonly type: "assigned";
      readonly group: number;
      readonly generation: number;
      readonly partitions: readonly number[];
    }
  | {
      readonly type: "batch";
      readonly at: Place;
      /** Offset that was asked for, −1 as it was asked. */
      readonly from: number;
      /** Offset to ask for next. */
      readonly next: number;
      readonly deliveries: readonly Delivery[];
      /** True where at-most-once is promised: commit first, then do it. */
      readonly commitFirst: boolean;
    }
  | { readonly type: "redelivery"; readonly at: Place; readonly delivery: Delivery }
  | { readonly type: "committed"; readonly at: Place; readonly offset: number };
