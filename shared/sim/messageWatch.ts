import type { Us } from "../core/time.ts";
import type { ProcessId } from "./process.ts";

/** A message that was given to the network. */
export interface SentMessage {
  readonly from: ProcessId;
  readonly to: ProcessId;
  /** As in `CHANNEL`. */
  readonly channel: number;
  readonly message: unknown;
  readonly sentAtUs: Us;
  /** When it arrives; of one that never does, when it would have by the usual delay of its lane. */
  readonly dueAtUs: Us;
  /** Under way, lost on its lane, or not let onto it because of a cut. A copy that the network made is sent once more. */
  readonly fate: "underWay" | "lost" | "cut";
}

/**
 * Who looks at the network: every message between two places, what becomes of it, and what each process is busy with
 * when it sends. It changes nothing. Messages within one machine, or among clients of a zone, cross no network.
 */
export interface MessageWatch {
  sent(sent: SentMessage): void;
  /** A message came to a process, also from the same machine. What is sent until `ended` is sent because of it. */
  received(to: ProcessId, message: unknown): void;
  /** It came to a machine that was down, and is gone; or to one that is paused, where it waits until it is received. */
  unheard(to: ProcessId, message: unknown): void;
  /** A job of a process left the CPU. What is sent until `ended` is sent because of it. */
  worked(process: ProcessId, subject: unknown): void;
  /** Whatever it was is done: what is sent now has another reason. */
  ended(): void;
}
