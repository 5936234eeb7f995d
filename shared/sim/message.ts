import type { OperationKind } from "../core/operations.ts";
import type { Us } from "../core/time.ts";
import type { ProcessId } from "./process.ts";

/** What a session has seen of a key, as its store told it; nobody else looks into it. */
export type Context = readonly { readonly actor: number; readonly count: number }[];

/**
 * A request on its way. One fixed shape, never changed once sent: whoever passes it on makes a new one.
 */
export interface Request {
  readonly type: "request";
  /** Which operation of the history it works for; the same for all attempts, and so the idempotency key (`branchKey`). */
  readonly operation: number;
  /** The client's session, −1 for work of a component's own. */
  readonly session: number;
  /** Index of the component that it is for in the end. */
  readonly target: number;
  readonly kind: OperationKind;
  readonly key: number;
  /** Second key of an operation that has one: the account that is paid, the author who is followed. */
  readonly other: number | null;
  readonly argument: number | null;
  readonly expected: number | null;
  /** Session token: newest position of the store's log that the client has seen. */
  readonly sessionPosition: number;
  /** Shard whose log the session token is about; left out where nobody said. */
  readonly shard?: number | undefined;
  /** Session token of the key: context of its newest answer; left out where answers have none. */
  readonly context?: Context | undefined;
  /** How long the sender waits for an answer from when it sends this, µs; Infinity for one that never gives up. */
  readonly patienceUs: Us;
  /** What goes first where some must wait or go: 0 is background work, 1 usual, 2 must not fail. */
  readonly priority: number;
  /** Who waits for the reply, and under which number. */
  readonly replyTo: ProcessId;
  readonly call: number;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** How often a replica has sent it on. */
  readonly hops: number;
  /** True when the network carries it twice: then a no to one copy says nothing about the other. */
  readonly twice?: boolean | undefined;
}

/**
 * `refused` is definite: the operation took and takes no effect. `fail`: a cas that found another value.
 * `unknown`: an error answer that does not tell, such as a service whose last attempt timed out.
 */
export type ReplyOutcome = "ok" | "fail" | "refused" | "unknown";

/** The answer to a request, sent to its `replyTo`. */
export interface Reply {
  readonly type: "reply";
  readonly operation: number;
  readonly call: number;
  readonly outcome: ReplyOutcome;
  readonly value: number | null;
  /** All elements of an answer that is a list or a set; null for others. */
  readonly values: readonly number[] | null;
  readonly position: number;
  /** Shard whose log the position is of; left out by components whose keys stay where they are. */
  readonly shard?: number | undefined;
  /** For the session's next request of this key; left out by stores that need none. */
  readonly context?: Context | undefined;
  /** Why it was refused, as a word of the catalogue of causes; empty otherwise. */
  readonly reason: string;
  /** Machine that answered, or −1 for the edge. */
  readonly node: number;
}

/** "Are you there?", asked by health checks and by the monitor. */
export interface Probe {
  readonly type: "probe";
  readonly call: number;
}

/** The answer to a probe; `report` is what a monitor's agent tells of its machine, null for a plain health check. */
export interface ProbeReply {
  readonly type: "probeReply";
  readonly call: number;
  readonly report: unknown;
}

/** Everything that travels on the channel of requests. */
export type Message = Request | Reply | Probe | ProbeReply;
