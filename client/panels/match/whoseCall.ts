import type { VerbName } from "../../../shared/match/intent.ts";
import { ROLE_CARDS } from "../../../shared/match/roles.ts";
import type { View } from "../../../shared/match/view.ts";

/** Whether this operator may use a verb: not at all in this level, only others, or yes. */
export type Call =
  | { readonly kind: "absent" }
  | { readonly kind: "theirs"; readonly words: string }
  | { readonly kind: "yours" };

/** Whose call a verb is, in words: "Data's call: ask Auk". */
export function whoseCall(view: View, verb: VerbName): Call {
  const found = view.verbs.find(({ name }) => name === verb);
  if (found === undefined) return { kind: "absent" };
  if (found.yours) return { kind: "yours" };
  const holders = view.operators.filter(({ roles }) => roles.includes(found.role)).map(({ name }) => name);
  const whom = holders.length === 0 ? "them" : holders.join(" or ");
  return { kind: "theirs", words: `${ROLE_CARDS[found.role].title}'s call: ask ${whom}` };
}
