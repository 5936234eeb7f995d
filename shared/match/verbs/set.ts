import { isRefusal, refusal, type Refusal } from "../../core/refusal.ts";
import { words } from "../../core/names.ts";
import type { Built, Setting } from "../../components/site.ts";
import { componentOrRefusal, placeOfComponent, roleFor } from "./find.ts";
import type { Stage, Verb } from "./verb.ts";

function settingOf(stage: Stage, name: string, wanted: string): Setting | Refusal {
  const component = componentOrRefusal(stage, name);
  if (isRefusal(component)) return component;
  const setting = component.settings?.find((one) => one.name === wanted);
  return setting ?? refusal("noSuchSetting", `${name} has no setting called ${words(wanted)}.`);
}

/** A value of a setting as people say it. */
function valueText({ unit, choices }: Setting, value: number): string {
  if (unit === "choice") return words(choices?.[value] ?? String(value));
  if (unit === "switch") return value === 1 ? "on" : "off";
  if (unit === "share") return `${Math.round(value * 1_000) / 10} %`;
  return unit === "ms" ? `${value} ms` : unit === "perSecond" ? `${value}/s` : String(value);
}

/** What somebody who changes a setting would try: every choice; of a number its bounds, and a quarter to four times of what it is. */
function likelyValues({ unit, min, max, get }: Setting): number[] {
  if (unit === "switch" || unit === "choice") return Array.from({ length: max - min + 1 }, (_, index) => min + index);
  const places = unit === "share" ? 1_000 : unit === "perSecond" ? 10 : 1;
  const now = get();
  const tries = [min, now / 4, now / 2, now * 2, now * 4, max].map((value) => Math.round(value * places) / places);
  return [...new Set(tries)].filter((value) => value >= min && value <= max);
}

/** Sets one of the numbers that a component offers: a timeout, a pool, a threshold. */
export const set: Verb<"set"> = {
  name: "set",
  role: "traffic",
  roleOf: (cluster, { component }) => roleFor(cluster, component),
  about: "Change a setting of a component: timeouts, pools, budgets, thresholds.",
  durationMs: () => 500,
  at: (stage, { component }) => placeOfComponent(stage, component),
  describe(stage, { component, setting: name, value }) {
    const setting = settingOf(stage, component, name);
    return `sets ${words(name)} of ${component} to ${isRefusal(setting) ? value : valueText(setting, value)}`;
  },
  refuse(stage, { component, setting: name, value }) {
    const setting = settingOf(stage, component, name);
    if (isRefusal(setting)) return setting;
    const { min, max, unit } = setting;
    const whole = unit !== "share" && unit !== "perSecond" && !Number.isInteger(value);
    if (whole || value < min || value > max) {
      const span = `${valueText(setting, min)} to ${valueText(setting, max)}`;
      return refusal("outOfBounds", `${words(name)} of ${component} goes from ${span}.`);
    }
    if (setting.get() === value) return refusal("alreadyThere", `${words(name)} of ${component} is that already.`);
    return stage.isBusy("set", placeOfComponent(stage, component)) ? refusal("turning", `${component} is being set.`) : null;
  },
  *options({ cluster }) {
    for (const { name: component, settings = [] } of cluster.components as readonly Built[]) {
      for (const setting of settings) {
        for (const value of likelyValues(setting)) yield { verb: "set", component, setting: setting.name, value };
      }
    }
  },
  finish(stage, { component, setting: name, value }) {
    const setting = settingOf(stage, component, name);
    if (isRefusal(setting)) return;
    setting.set(value);
    stage.cluster.retrace();
  },
};
