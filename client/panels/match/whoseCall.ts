import type { VerbName } from "../../../shared/match/intent.ts";
import { ROLE_CARDS, type Role } from "../../../shared/match/roles.ts";
import type { ComponentView, View } from "../../../shared/match/view.ts";

/** Whether this operator may use a verb: not at all in this level, only others, or yes. */
export type Call =
  | { readonly kind: "absent" }
  | { readonly kind: "theirs"; readonly words: string }
  | { readonly kind: "yours" };

/** Whose call a verb is, in words: "Data's call: ask Auk". */
export function whoseCall(view: View, verb: VerbName): Call {
  const found = view.verbs.find(({ name }) => name === verb);
  if (found === undefined) return { kind: "absent" };
  return found.yours ? { kind: "yours" } : theirs(view, found.role);
}

/** Whose call it is to change a component: of the role that tends it, and of its owner where it has one. */
export function whoseComponent(view: View, verb: VerbName, component: ComponentView): Call {
  if (!view.verbs.some(({ name }) => name === verb)) return { kind: "absent" };
  const owner = component.owner === view.you ? undefined : view.operators[component.owner];
  if (owner !== undefined) return { kind: "theirs", words: `${owner.name}'s component: ask them` };
  const yours = view.operators[view.you]?.roles.includes(component.tendedBy) === true;
  return yours ? { kind: "yours" } : theirs(view, component.tendedBy);
}

function theirs(view: View, role: Role): Call {
  const holders = view.operators.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  const whom = holders.length === 0 ? "them" : holders.join(" or ");
  return { kind: "theirs", words: `${ROLE_CARDS[role].title}'s call: ask ${whom}` };
}
