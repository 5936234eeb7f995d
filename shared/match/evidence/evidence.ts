import type { Ms } from "../../core/time.ts";
import type { TraceView } from "../view.ts";

/** What became of a message; `dropped`: it reached a machine that was down. */
export type MessageFate = "arrived" | "lost" | "cut" | "dropped";

/** A message that had to do with one of the operations of a story, in the level's names. */
export interface StoryMessage {
  /** "Oak", "client a7", "zone B" for a balancer of other clients. */
  readonly from: string;
  readonly to: string;
  readonly sentAtMs: Ms;
  /** −1: it never did. */
  readonly arrivedAtMs: Ms;
  /** When it should have arrived: of one that was lost, by the usual delay of its way. */
  readonly dueAtMs: Ms;
  /** "write 40", "AppendEntries 17: write 40". */
  readonly words: string;
  /** Id of the operation that it served. */
  readonly operation: number;
  /** `ask` and `reply` are of the request itself; `carry` brings a write over, `answer` says so, `other` is the rest. */
  readonly kind: "ask" | "reply" | "carry" | "answer" | "other";
  readonly fate: MessageFate;
}

/** How a replica stood when it answered one of the operations. */
export interface AnswerState {
  readonly operation: number;
  readonly node: string;
  readonly atMs: Ms;
  /** The protocol's own word for what it is: leader, backup. */
  readonly role: string;
  /** Term, view or configuration; 0 where there is none. */
  readonly term: number;
  /** How far its data had come, and how many positions that is behind the farthest replica of its group. */
  readonly position: number;
  readonly behind: number;
  /** Of a write: replicas known to hold it by then, itself included, of all in the group; 0 for a read. */
  readonly copies: number;
  readonly replicas: number;
}

/** A node that took part in an operation, and what it was when its first message for it left or came. */
export interface NodeRole {
  readonly operation: number;
  readonly node: string;
  readonly zone: string;
  /** Empty for a node without a replica, such as a service's. */
  readonly role: string;
}

/** All that was said among clients and nodes for some operations, found out by playing their match again. */
export interface Evidence {
  /** In the order in which they were sent. */
  readonly messages: readonly StoryMessage[];
  /** How many more there were than are kept. */
  readonly leftOut: number;
  readonly answers: readonly AnswerState[];
  readonly nodes: readonly NodeRole[];
  /** The way of each operation through the components, without gaps. */
  readonly traces: readonly TraceView[];
}
