import { words } from "../core/names.ts";
import { journeyOf } from "../sim/idempotencyKey.ts";
import type { StoreRequest } from "./protocol.ts";

/** A write that somebody follows through the messages of replicas. */
export interface FollowedWrite {
  /** The operation of the history: what `journeyOf` gives for its idempotency keys. */
  readonly operation: number;
  readonly key: number;
}

/**
 * What the messages of a protocol say, for those who look from outside: diagrams, inspectors, the evidence of a debrief.
 * It has no part in the protocol's own work.
 */
export interface Telling<Message> {
  /** In a few words, in the paper's terms: "AppendEntries 17: write 40". */
  describe(message: Message): string;
  /** It brings this write over to whoever gets it. */
  carries(message: Message, write: FollowedWrite): boolean;
  /** Its sender says this because `question` came to it: that it has it, or what it knows. */
  answers(answer: Message, question: Message): boolean;
  /** It serves the one request that its sender was busy with; false for batches, which serve many. */
  isOfOneRequest(message: Message): boolean;
  /**
   * True where messages carry states that name no operation: then they carry a write only when their sender has it.
   * Left out by protocols whose messages name what they carry.
   */
  readonly carriesStates?: boolean;
  /** True where an answer goes to everybody, and not only to who asked. */
  readonly answersAll?: boolean;
}

/** Writes in a few words: "write 40" for one of them, "3 writes" for more. */
export function describeWrites(writes: readonly (StoreRequest | null)[]): string {
  if (writes.length !== 1) return `${writes.length} writes`;
  const [write] = writes;
  if (write === null || write === undefined) return "no-op";
  if (write.parcel !== undefined) return `${write.parcel.way} ${write.parcel.keys.length} keys`;
  return `${write.kind === "cas" ? "set" : words(write.kind)}${write.argument === null ? "" : ` ${write.argument}`}`;
}

/** True when one of these log entries is the followed write. */
export function includesWrite(writes: readonly (StoreRequest | null)[], { operation }: FollowedWrite): boolean {
  return writes.some((write) => write !== null && write.operation >= 0 && journeyOf(write.operation) === operation);
}
