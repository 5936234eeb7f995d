import type { Ms } from "../core/time.ts";
import type { Condition } from "../level/conditions.ts";
import type { Level } from "../level/schema.ts";
import type { Intent } from "./intent.ts";
import { shown } from "../core/names.ts";
import type { ComponentView, NodeView, View } from "./view.ts";

/** A rule of a policy: what it waits for, and what it then asks for, once. */
export type Rule = Level["policies"][string][number];

/** Plays a policy: watches the views of its seat, and asks for each rule's intent once, when its condition has held. */
export class PolicyPlayer {
  readonly #level: Level;
  readonly #rules: readonly Rule[];
  readonly #heldSinceMs: number[];
  readonly #done: boolean[];
  /** What was seen before, for conditions about a change. */
  readonly #wasUnreachable = new Set<string>();
  readonly #wasFenced = new Set<string>();
  readonly #wasDown = new Set<string>();
  #wasPartitioned = false;

  constructor(level: Level, rules: readonly Rule[]) {
    this.#level = level;
    this.#rules = rules;
    this.#heldSinceMs = rules.map(() => -1);
    this.#done = rules.map(() => false);
  }

  /** What to ask for now; at most one intent per rule and match. */
  think(view: View): Intent[] {
    this.#remember(view);
    return this.#rules.flatMap(({ when, do: intent }, index) => {
      if (this.#done[index]!) return [];
      if (!this.#holds(when, view)) {
        this.#heldSinceMs[index] = -1;
        return [];
      }
      if (this.#heldSinceMs[index]! < 0) this.#heldSinceMs[index] = view.clockMs;
      const forMs: Ms = "for" in when ? when.for : 0;
      if (view.clockMs - this.#heldSinceMs[index]! < forMs) return [];
      this.#done[index] = true;
      return [intent];
    });
  }

  /** A rule whose intent was refused may ask again. */
  askAgain(intent: Intent): void {
    this.#rules.forEach((rule, index) => {
      if (rule.do === intent) this.#done[index] = false;
    });
  }

  #remember(view: View): void {
    for (const { name, status } of view.nodes) {
      if (status === "unknown") this.#wasUnreachable.add(name);
      if (status === "fenced") this.#wasFenced.add(name);
      if (status === "off" || status === "crashed" || status === "restarting") this.#wasDown.add(name);
    }
    if (view.partition !== null) this.#wasPartitioned = true;
  }

  #holds(when: Condition, view: View): boolean {
    if ("at" in when) return view.clockMs >= when.at;
    if ("partition" in when) return when.partition ? view.partition !== null : this.#wasPartitioned && view.partition === null;
    if ("unreachable" in when) return ["unknown", "crashed"].includes(this.#node(view, when.unreachable).status);
    if ("reachable" in when) return this.#wasUnreachable.has(shown(when.reachable)) && ["up", "slow"].includes(this.#node(view, when.reachable).status);
    if ("slow" in when) return this.#node(view, when.slow).status === "slow";
    if ("fenced" in when) return this.#node(view, when.fenced).status === "fenced";
    if ("unfenced" in when) return this.#wasFenced.has(shown(when.unfenced)) && this.#node(view, when.unfenced).status !== "fenced";
    if ("up" in when) return this.#wasDown.has(shown(when.up)) && ["up", "slow"].includes(this.#node(view, when.up).status);
    if ("leads" in when) return this.#node(view, when.leads).replicas.some(({ role }) => role === "primary" || role === "leader");
    if ("busy" in when) return this.#node(view, when.busy).utilisation > when.above;
    if ("slowAnswers" in when) return this.#component(view, when.slowAnswers).latencyMsP99 > when.above;
    if ("errors" in when) {
      const { errorsPerSecond, ratePerSecond } = this.#component(view, when.errors);
      return ratePerSecond > 0 && errorsPerSecond / ratePerSecond > when.above;
    }
    if ("gauge" in when) {
      const gauge = this.#component(view, when.of).gauges.find(({ name }) => name === when.gauge);
      return gauge !== undefined && gauge.value > when.above;
    }
    if ("paged" in when) return view.alerts.some(({ text, clearedMs }) => clearedMs === 0 && text.includes(when.paged));
    const { dial } = this.#component(view, when.dialAt);
    return dial !== null && dial.stops[dial.at]?.name === when.stop;
  }

  #node(view: View, name: string): NodeView {
    return view.nodes[Object.keys(this.#level.nodes).indexOf(name)]!;
  }

  #component(view: View, name: string): ComponentView {
    return view.components.find((component) => component.name === name)!;
  }
}
