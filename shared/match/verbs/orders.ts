import { isRefusal, refusal, type Refusal } from "../../core/refusal.ts";
import type { Built, Order } from "../../components/site.ts";
import { componentOrRefusal, placeOfComponent, roleFor } from "./find.ts";
import type { IntentOf, Stage, Verb } from "./verb.ts";

/** Verbs by which an operator has a component do something once, if it is of a kind that can. */
export type OrderVerb = "repair" | "rollback" | "replay" | "rebuild";

/** A verb of that name, which takes the intent of any of them: all have the same fields. */
type OrderedBy<Name extends OrderVerb> = Omit<Verb<OrderVerb>, "name" | "options"> & {
  readonly name: Name;
  options(stage: Stage): Iterable<{ readonly verb: Name; readonly component: string }>;
};

function orderVerb<Name extends OrderVerb>(name: Name, about: string, done: string): OrderedBy<Name> {
  const orderOf = (stage: Stage, { component: asked }: IntentOf<OrderVerb>): Order | Refusal => {
    const component = componentOrRefusal(stage, asked);
    if (isRefusal(component)) return component;
    const order: Order | undefined = component.orders?.find(({ verb }) => verb === name);
    return order ?? refusal("noSuchOrder", `${asked} has nothing to ${name}.`);
  };
  return {
    name,
    role: "data",
    roleOf: (cluster, { component }) => roleFor(cluster, component),
    about,
    durationMs: (stage, intent) => {
      const order = orderOf(stage, intent);
      return isRefusal(order) ? 0 : order.durationMs;
    },
    at: (stage, { component }) => placeOfComponent(stage, component),
    describe: (_, { component }) => `${done} ${component}`,
    refuse(stage, intent) {
      const order = orderOf(stage, intent);
      if (isRefusal(order)) return order;
      if (stage.isBusy(name, placeOfComponent(stage, intent.component))) {
        return refusal("turning", `That order for ${intent.component} is on its way.`);
      }
      const reason = order.refuse();
      return reason === null ? null : refusal("noSense", reason);
    },
    *options({ cluster }) {
      for (const { name: component, orders = [] } of cluster.components as readonly Built[]) {
        if (orders.some(({ verb }) => verb === name)) yield { verb: name, component };
      }
    },
    finish(stage, intent) {
      const order = orderOf(stage, intent);
      if (!isRefusal(order)) order.run();
    },
  };
}

/** Compares copies and mends what differs. */
export const repair = orderVerb("repair", "Compare the copies of a component and mend what differs.", "repairs");

/** Goes back to the version that ran before. */
export const rollback = orderVerb("rollback", "Go back to the version of a component that ran before.", "rolls back");

/** Hands over again what was put aside. */
export const replay = orderVerb("replay", "Put the dead letters of a queue back into it.", "replays");

/** Derives again what is derived from something else. */
export const rebuild = orderVerb("rebuild", "Derive a projection from its source anew, or have a store keep its keys as another data type.", "rebuilds");
