import { words } from "../core/names.ts";
import { operations } from "../core/operations.ts";
import type { Operation } from "./operation.ts";

/** An operation in a few words, as a step of a story: "write 40", "set 7 if 3", "read → 90", "transfer 5 to 12". */
export function operationPhrase(operation: Operation): string {
  const { kind, argument, expected, other, outcome } = operation;
  if (kind === "cas") return `set ${valueText(argument)} if ${valueText(expected)}`;
  if (!operations[kind].mutates) return outcome === "ok" ? `${kind} → ${answerText(operation)}` : kind;
  const what = argument === null ? "" : ` ${argument}`;
  const whom = other === null ? "" : ` to ${other}`;
  return `${words(kind)}${what}${whom}`;
}

/** What an answered question said: a value, "nothing", or the elements of a list. */
export function answerText({ result, results }: Operation): string {
  if (results === null) return valueText(result);
  return results.length === 0 ? "nothing" : results.join(", ");
}

function valueText(value: number | null): string {
  return value === null ? "nothing" : String(value);
}
