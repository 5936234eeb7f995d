import type { OperationKind } from "../../core/operations.ts";
import type { Machine } from "../../sim/machine.ts";
import type { Reply, Request } from "../../sim/message.ts";
import { NOTHING, type Answer } from "../answer.ts";
import type { CallPolicy } from "./policy.ts";

/** Answers kept for bad times; the one that was refreshed longest ago goes first. */
const KEPT = 10_000;

/** The last answers to what only looks, by what was asked. */
export type LastKnown = Map<string, Answer>;

/** Keeps an answer for later. */
export function keep(known: LastKnown, asked: Request, answer: Reply): void {
  const key = nameOf(asked.target, asked.kind, asked.key);
  known.delete(key);
  known.set(key, answer);
  if (known.size > KEPT) known.delete(known.keys().next().value!);
}

/**
 * What a service says of its own accord when a read failed: the last it knew, however old, that there is nothing, or a
 * value that is always the same. Null when it has nothing to say. Clients can't tell it from a true answer, and the
 * contract's checker judges it as one.
 */
export function fallbackAnswer(
  known: LastKnown,
  { target, kind, key }: Request,
  { fallback, fallbackValue }: Pick<CallPolicy, "fallback" | "fallbackValue">,
  machine: Machine,
): Answer | null {
  if (fallback === "none") return null;
  if (fallback === "stale") return known.get(nameOf(target, kind, key)) ?? null;
  const value = fallback === "default" ? fallbackValue : null;
  return { ...NOTHING, outcome: "ok", value, node: machine.index };
}

function nameOf(target: number, kind: OperationKind, key: number): string {
  return `${target}/${kind}/${key}`;
}
