import type { Level } from "../level/schema.ts";
import { shown, words } from "../core/names.ts";
import { fillIn } from "./template.ts";
import type { LevelCard } from "./view.ts";

/** What a level says of itself before it is played. Every number comes from the level. */
export function levelCard(level: Level): LevelCard {
  const [operatorsMin, operatorsMax] = level.operators.split("-").map(Number) as [number, number];
  return {
    id: level.id,
    number: level.number,
    title: level.title,
    briefing: fillIn(level.briefing, levelFacts(level)),
    teaches: level.teaches,
    operatorsMin,
    operatorsMax,
    lastsMs: level.lasts,
    budget: level.budget,
    parSpend: level.par.spend,
    availabilitySlo: level.slo.availability,
    correctnessSlo: level.slo.correctness,
    promises: Object.entries(level.contract).map(([name, contract]) => `${name}: ${promise(contract)}`),
  };
}

function promise({ guarantee, bound, answerWithin, wrongCosts }: Level["contract"][string]): string {
  const what = guarantee === "boundedStaleness" ? `at most ${bound / 1_000} s stale` : words(guarantee);
  return `${what}, answered within ${answerWithin} ms, a wrong answer costs ${wrongCosts}`;
}

/** Facts that a briefing may name, such as `{{ledger.primary}}` or `{{faults.0.at}}`. */
export function levelFacts(level: Level): Record<string, string> {
  const facts: Record<string, string> = {
    minutes: String(level.lasts / 60_000),
    budget: money(level.budget),
    par: money(level.par.spend),
    "slo.availability": percent(level.slo.availability),
    "slo.correctness": percent(level.slo.correctness),
  };
  const rate = (of: "fromPerSecond" | "toPerSecond") => level.workload.reduce((sum, line) => sum + line.rate[of] * line.from.length, 0);
  facts["rate"] = String(rate("fromPerSecond"));
  facts["rateEnd"] = String(rate("toPerSecond"));
  for (const [name, node] of Object.entries(level.nodes)) {
    facts[name] = shown(name);
    facts[`${name}.sizes`] = list((node.sizes ?? [node]).map(({ workers }) => String(workers)), "or");
    facts[`${name}.zone`] = node.zone;
    facts[`${name}.workers`] = String(node.workers);
    facts[`${name}.price`] = money(node.price);
  }
  for (const [name, component] of Object.entries(level.components)) {
    if (component.kind === "store" || component.kind === "service") {
      facts[`${name}.nodes`] = list(component.on.map(shown));
      facts[`${name}.count`] = String(component.on.length);
    }
    if (component.kind !== "store") continue;
    const primary = component.primary ?? component.on[0]!;
    facts[`${name}.primary`] = shown(primary);
    facts[`${name}.backups`] = list(component.on.filter((node) => node !== primary).map(shown));
    facts[`${name}.keys`] = String(component.keys);
    facts[`${name}.readQuorum`] = String(component.readQuorum);
    facts[`${name}.writeQuorum`] = String(component.writeQuorum);
  }
  for (const [name, contract] of Object.entries(level.contract)) {
    facts[`${name}.guarantee`] = words(contract.guarantee);
    facts[`${name}.answerWithin`] = `${contract.answerWithin} ms`;
    facts[`${name}.wrongCosts`] = String(contract.wrongCosts);
    facts[`${name}.bound`] = `${contract.bound / 1_000} s`;
  }
  level.workload.forEach((line, index) => {
    facts[`workload.${index}.rate`] = String(line.rate.fromPerSecond * line.from.length);
    facts[`workload.${index}.rateEnd`] = String(line.rate.toPerSecond * line.from.length);
  });
  level.faults.forEach((fault, index) => {
    facts[`faults.${index}.at`] = clock((fault.at.fromMs + fault.at.untilMs) / 2);
    if (fault.for !== undefined) facts[`faults.${index}.for`] = `${fault.for / 1_000} s`;
    if ("times" in fault) facts[`faults.${index}.times`] = String(fault.times);
    if ("node" in fault) facts[`faults.${index}.node`] = shown(fault.node);
  });
  return facts;
}

function money(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1_000} %`;
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "Oak, Elm and Moss". */
function list(names: readonly string[], conjunction = "and"): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${conjunction} ${names[names.length - 1]}`;
}
