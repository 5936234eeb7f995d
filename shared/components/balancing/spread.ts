import { routesOver, type Built, type Setting } from "../site.ts";
import type { BalancingPolicyName } from "./registry.ts";

/** What operators may set on a balancer; shared by its instances in all zones. */
export interface Spread {
  policy: BalancingPolicyName;
  /** Weight per machine, 0 to 1; 0 sends nothing. */
  readonly weights: number[];
  readonly drained: boolean[];
  /** Zone whose targets clients of a zone are sent to. */
  readonly route: number[];
  /** Place in `to` of the component that is asked for whatever several of them lead to. */
  through: number;
}

/** For each of the components asked directly, the routes when it is preferred for all that it leads to. */
export function waysOver(callees: readonly Built[]): ReadonlyMap<number, Built>[] {
  return callees.map((callee) => routesOver([callee, ...callees.filter((other) => other !== callee)]));
}

/** Where several designs lead to the same data, operators may move clients from one to the next. */
export function spreadSettings(spread: Spread, to: readonly string[], ways: readonly ReadonlyMap<number, Built>[]): Setting[] {
  const isOpen = [...ways[0]!.keys()].some((target) => ways.some((routes) => routes.get(target) !== ways[0]!.get(target)));
  if (!isOpen) return [];
  return [
    {
      name: "through",
      about: "Which of the ways to the same data is taken; both stand there, and cost, until one is switched off.",
      unit: "choice",
      min: 0,
      max: to.length - 1,
      choices: to,
      get: () => spread.through,
      set: (value) => (spread.through = value),
    },
  ];
}
