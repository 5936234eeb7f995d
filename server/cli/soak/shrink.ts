import { isLevel, type Scenario, type Sketch } from "./sketch.ts";

/** Says what breaks when a scenario is played; null when nothing does. */
export type Trial = (scenario: Scenario) => string | null;

/** As much of a sentence says what broke; after that come names and values that differ from run to run. */
const TELLING_LENGTH = 45;

/** What broke, without what differs from run to run. */
export function ruleOf(failure: string): string {
  return failure.replace(/\d+/g, "#").slice(0, TELLING_LENGTH);
}

/**
 * Leaves out of a failing scenario, greedily, whatever it fails without: first halves of a list, then single lines, again
 * and again until nothing more can go or the time is up.
 * Source: Zeller & Hildebrandt 2002, "Simplifying and isolating failure-inducing input", section 3 (delta debugging).
 */
export function shrink(scenario: Scenario, trial: Trial, isTimeUp: () => boolean): Scenario {
  const failure = trial(scenario);
  if (failure === null) return scenario;
  const stillFails = (smaller: Scenario): boolean => {
    if (!isLevel(smaller.sketch)) return false;
    const found = trial(smaller);
    return found !== null && ruleOf(found) === ruleOf(failure);
  };
  let best = scenario;
  for (let goesOn = true; goesOn && !isTimeUp(); ) {
    goesOn = false;
    for (const smaller of smallerOnes(best)) {
      if (isTimeUp()) break;
      if (!stillFails(smaller)) continue;
      best = smaller;
      goesOn = true;
      break;
    }
  }
  return best;
}

/** Scenarios with one thing less, the biggest steps first. */
function* smallerOnes(scenario: Scenario): Generator<Scenario> {
  const { sketch, wishes } = scenario;
  const withSketch = (change: Partial<Sketch>): Scenario => ({ ...scenario, sketch: { ...sketch, ...change } });
  for (const fewer of without(wishes)) yield { ...scenario, wishes: fewer };
  for (const faults of without(sketch.faults)) yield withSketch({ faults });
  for (const workload of without(sketch.workload)) yield withSketch({ workload });
  for (const [name, component] of Object.entries(sketch.components)) {
    for (const on of without((component["on"] ?? []) as readonly string[])) {
      yield withSketch({ components: { ...sketch.components, [name]: { ...component, on } } });
    }
  }
  for (const name of Object.keys(sketch.nodes)) yield withSketch({ nodes: omit(sketch.nodes, name) });
  for (const [name, { clock, ...right }] of Object.entries(sketch.nodes)) {
    if (clock !== undefined) yield withSketch({ nodes: { ...sketch.nodes, [name]: right } });
  }
}

/** A list without its first half, without its second half, and without each one of it. */
function* without<Item>(items: readonly Item[]): Generator<Item[]> {
  const half = Math.floor(items.length / 2);
  if (half > 1) {
    yield items.slice(half);
    yield items.slice(0, half);
  }
  for (let left = 0; left < items.length; left++) yield items.filter((_, place) => place !== left);
}

function omit<Value>(record: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
