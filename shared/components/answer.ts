import { FLOW } from "../sim/flows.ts";
import type { Machine } from "../sim/machine.ts";
import type { Reply, Request } from "../sim/message.ts";
import { CHANNEL, type ProcessId } from "../sim/process.ts";
import type { World } from "../sim/world.ts";

/** What an answer says, and who says it: the node that knew for one that is passed on, −1 for the edge. */
export type Answer = Pick<Reply, "outcome" | "value" | "values" | "position" | "shard" | "context" | "reason" | "node">;

/** The parts of an answer that has nothing to say there. */
export const NOTHING = { value: null, values: null, position: 0, reason: "" } as const;

/** A definite no of a machine: the operation takes and takes no effect. */
export function refusedBy(machine: Machine, reason: string): Answer {
  return { ...NOTHING, outcome: "refused", reason, node: machine.index };
}

/** An error of a machine that does not tell whether the operation takes effect. */
export function unclearAt(machine: Machine, reason: string): Answer {
  return { ...NOTHING, outcome: "unknown", reason, node: machine.index };
}

/**
 * Answers a request to whoever waits for it. A no to one of two copies of a request does not tell what becomes of the
 * other, so it is told as unclear.
 * Simplified: who answers knows that a copy is about; in the field the asker would have to reckon with one.
 */
export function reply(world: World, from: ProcessId, { operation, call, replyTo, twice }: Request, answer: Answer): void {
  const outcome = twice === true && answer.outcome !== "ok" ? "unknown" : answer.outcome;
  const { value, values, position, shard, context, reason, node } = answer;
  const message: Reply = { type: "reply", operation, call, outcome, value, values, position, shard, context, reason, node };
  world.send(from, replyTo, message, CHANNEL.requests, operation, FLOW.none);
  if (outcome === "refused") world.flows.count(world.placeOf(replyTo), world.placeOf(from), FLOW.refused);
}
