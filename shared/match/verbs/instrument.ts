import { isRefusal, refusal } from "../../core/refusal.ts";
import { SIGNALS } from "../instrumentation.ts";
import { componentOrRefusal, placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Has a component tell more, or less, of itself. */
export const instrument: Verb<"instrument"> = {
  name: "instrument",
  role: "lead",
  about: "Have a component tell metrics, logs or traces, or stop it: what nobody tells, nobody sees, and telling takes CPU.",
  durationMs: (_, { on }) => (on ? 3_000 : 500),
  at: (stage, { component }) => placeOfComponent(stage, component),
  describe: (_, { component, signal, on }) => `turns ${signal} of ${component} ${on ? "on" : "off"}`,
  refuse(stage, { component: name, signal, on }) {
    const component = componentOrRefusal(stage, name);
    if (isRefusal(component)) return component;
    if (component.instances.length === 0) return refusal("nothingToSee", `${name} has no instances to instrument.`);
    if (stage.instrumentation.sees(name, signal) === on) return refusal("alreadyThere", `${signal} of ${name} are ${on ? "on" : "off"} already.`);
    return stage.isBusy("instrument", placeOfComponent(stage, name)) ? refusal("turning", `${name} is being instrumented.`) : null;
  },
  *options({ cluster }) {
    for (const { name: component } of cluster.components) {
      for (const signal of SIGNALS) for (const on of [true, false]) yield { verb: "instrument", component, signal, on };
    }
  },
  finish: (stage, { component, signal, on }) => stage.instrumentation.set(component, signal, on),
};
