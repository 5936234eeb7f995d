import type { Intent } from "../match/intent.ts";
import type { Condition } from "./conditions.ts";
import type { LevelFile } from "./schema.ts";
import { STANDARD_POLICIES } from "./standardPolicyNames.ts";

/** Verbs that every level allows. */
const ALWAYS: readonly string[] = ["ping", "vote", "take", "handOver"];

/** Names in policies and gates that the level does not have, and verbs that it does not allow. One sentence each, with its place. */
export function policyInconsistencies(level: LevelFile): string[] {
  return [...rules(level), ...gates(level)];
}

function rules(level: LevelFile): string[] {
  return Object.entries(level.policies).flatMap(([name, policy]) =>
    policy.flatMap(({ when, do: intent }, index) => {
      const place = `policies.${name}[${index}]`;
      return [
        ...unknownNames(`${place}.when`, namesOfCondition(when), level),
        ...intentProblems(`${place}.do`, intent, level),
      ];
    }),
  );
}

function gates({ gates: { loses, taught }, policies, verbs }: LevelFile): string[] {
  const known = [...Object.keys(policies), ...STANDARD_POLICIES];
  return [
    ...(policies["reference"] === undefined ? ["policies: there is no reference, the policy that must win"] : []),
    ...loses.flatMap((name, index) =>
      known.includes(name) ? [] : [`gates.loses[${index}]: there is no policy "${name}", only ${known.join(", ")}`],
    ),
    ...(verbs.includes(taught) ? [] : [`gates.taught: ${taught} is not among the level's verbs`]),
  ];
}

function intentProblems(place: string, intent: Intent, level: LevelFile): string[] {
  const allowed = level.verbs.includes(intent.verb) || ALWAYS.includes(intent.verb);
  return [
    ...(allowed ? [] : [`${place}.verb: ${intent.verb} is not among the level's verbs`]),
    ...unknownNames(place, namesOfIntent(intent), level),
    ...unknownStop(place, intent, level),
  ];
}

function unknownStop(place: string, intent: Intent, { components }: LevelFile): string[] {
  if (intent.verb !== "dial") return [];
  const store = components[intent.store];
  if (store?.kind !== "store" || store.dial.some((stop) => stop === intent.stop)) return [];
  return [`${place}.stop: the dial of ${intent.store} has no stop "${intent.stop}", only ${store.dial.join(", ")}`];
}

/** Names by what they should name. */
interface Names {
  readonly node?: string;
  readonly zones?: Readonly<Record<string, string>>;
  readonly component?: string;
  readonly kind?: "store" | "service" | "balancer";
}

function namesOfIntent(intent: Intent): Names {
  switch (intent.verb) {
    case "dial":
    case "quorum":
    case "reshard":
    case "split":
      return { component: intent.store, kind: "store" };
    case "promote":
    case "member":
      return { component: intent.store, kind: "store", node: intent.node };
    case "policy":
      return { component: intent.balancer, kind: "balancer" };
    case "callPolicy":
      return { component: intent.service, kind: "service" };
    case "stepDown":
      return { component: intent.store, kind: "store", node: intent.node };
    case "shed":
    case "set":
    case "scale":
    case "repair":
    case "rollback":
    case "replay":
    case "rebuild":
    case "handOver":
    case "claim":
    case "instrument":
      return { component: intent.component };
    case "route":
      return { zones: { from: intent.from, to: intent.to } };
    case "repairLink":
      return { zones: { a: intent.a, b: intent.b } };
    case "ping":
    case "vote":
    case "take":
      return {};
    default:
      return { node: intent.node };
  }
}

/** A condition is about a node or a component, or about neither. */
function namesOfCondition(when: Condition): Names {
  if ("slowAnswers" in when) return { component: when.slowAnswers };
  if ("errors" in when) return { component: when.errors };
  if ("gauge" in when) return { component: when.of };
  if ("dialAt" in when) return { component: when.dialAt, kind: "store" };
  if ("at" in when || "partition" in when || "paged" in when) return {};
  if ("unreachable" in when) return { node: when.unreachable };
  if ("reachable" in when) return { node: when.reachable };
  if ("slow" in when) return { node: when.slow };
  if ("fenced" in when) return { node: when.fenced };
  if ("unfenced" in when) return { node: when.unfenced };
  if ("up" in when) return { node: when.up };
  return { node: "leads" in when ? when.leads : when.busy };
}

function unknownNames(place: string, { node, zones = {}, component, kind }: Names, level: LevelFile): string[] {
  const nodes = Object.keys(level.nodes);
  const components = Object.keys(level.components).filter(
    (name) => kind === undefined || level.components[name]!.kind === kind,
  );
  const check = (what: string, name: string, known: readonly string[]): string[] =>
    known.includes(name) ? [] : [`${place}: there is no ${what} "${name}", only ${known.join(", ")}`];
  return [
    ...(node === undefined ? [] : check("node", node, nodes)),
    ...Object.values(zones).flatMap((zone) => check("zone", zone, level.zones)),
    ...(component === undefined ? [] : check(kind ?? "component", component, components)),
  ];
}
