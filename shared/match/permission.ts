import { refusal, type Refusal } from "../core/refusal.ts";
import type { Level } from "../level/schema.ts";
import type { Cluster } from "./cluster.ts";
import type { Intent } from "./intent.ts";
import { changedBy, type Owners } from "./owners.ts";
import { verbOf } from "./verbs/registry.ts";
import type { OperatorView } from "./view.ts";

/** Verbs that every level allows. */
const ALWAYS: readonly string[] = ["ping", "vote", "take", "handOver"];

/** What decides who may do what. */
export interface Rules {
  readonly level: Level;
  readonly over: boolean;
  readonly operators: readonly OperatorView[];
  readonly owners: Owners;
  readonly cluster: Cluster;
}

/** Why this operator may not ask for it at all, before its verb is asked whether it makes sense; null when they may. */
export function permission(rules: Rules, operator: number, intent: Intent): Refusal | null {
  const seat = rules.operators[operator];
  if (rules.over) return refusal("over", "The match is over.");
  if (seat === undefined) return refusal("noSeat", "You have no seat in this match.");
  if (!rules.level.verbs.includes(intent.verb) && !ALWAYS.includes(intent.verb)) {
    return refusal("notInLevel", "That can't be done on this level.");
  }
  const verb = verbOf(intent.verb);
  const role = verb.roleOf?.(rules.cluster, intent) ?? verb.role;
  if (role !== null && !seat.roles.includes(role)) {
    const holder = rules.operators.find(({ roles }) => roles.includes(role));
    return refusal("notYourRole", `That is ${holder?.name ?? "somebody else"}'s call: ask them.`);
  }
  return notOwned(rules, operator, intent);
}

/** A team's component is changed by its owner alone, and by nobody while it is handed over. */
function notOwned({ owners, operators }: Rules, operator: number, intent: Intent): Refusal | null {
  const component = changedBy(intent);
  if (component === undefined) return null;
  if (owners.isHanding(component)) return refusal("handedOver", `${component} is being handed over: nobody may change it.`);
  const owner = owners.ownerOf(component);
  if (owner < 0 || owner === operator) return null;
  return refusal("notYours", `${component} belongs to ${operators[owner]!.name}: ask them, or ask to have it handed over.`);
}
