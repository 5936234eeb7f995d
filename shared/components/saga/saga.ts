import { exponential } from "../../core/distribution.ts";
import { usOf } from "../../core/time.ts";
import { refersTo, type ComponentKind, type GaugeCard } from "../component.ts";
import type { Built, Setting, Site } from "../site.ts";
import { SAGA_MODES, SagaConfig } from "./config.ts";
import { SagaNode } from "./node.ts";
import type { SagaPlan } from "./plan.ts";

/** A saga that was built. */
export interface BuiltSaga extends Built {
  readonly kind: "saga";
  readonly nodes: readonly SagaNode[];
}

const GAUGES: readonly GaugeCard[] = [
  { name: "open orders", unit: "count", combine: "sum" },
  { name: "being undone", unit: "count", combine: "sum" },
  { name: "calls in flight", unit: "count", combine: "sum" },
];

function buildSaga(site: Site, index: number, name: string, config: SagaConfig): BuiltSaga {
  const callees = config.steps.map(({ call }) => site.built(call));
  const plan: SagaPlan = {
    name,
    members: [],
    steps: config.steps,
    callees,
    reads: config.reads === undefined ? callees[0]! : site.built(config.reads),
    costUs: exponential(usOf(config.time)),
    mode: config.mode,
    semanticLocks: config.semanticLocks,
    timeoutMs: config.timeout,
    attempts: config.attempts,
    backoffMs: config.backoff,
  };
  const nodes: SagaNode[] = [];
  const instances = config.on.map((nodeName, place) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    const process = site.world.addProcess({ machine: node }, (self) => {
      nodes.push(new SagaNode({ world: site.world, self, machine, index }, plan, place));
      return nodes[place]!;
    });
    plan.members.push(process);
    return { process, node, zone: machine.zone, gauges: () => nodes[place]!.gauges() };
  });
  return {
    index,
    name,
    kind: "saga",
    summary: `saga · ${config.steps.length} ${config.steps.length === 1 ? "step" : "steps"}`,
    instances,
    nodes,
    keys: config.keys,
    instancesFor: () => instances,
    reaches: [index],
    settings: settingsOf(plan),
  };
}

function settingsOf(plan: SagaPlan): Setting[] {
  const canCommit =
    plan.callees.every(({ kind }) => kind === "ledger") && plan.steps.every(({ op }) => op === "transfer");
  const modes = canCommit ? SAGA_MODES : SAGA_MODES.slice(0, 2);
  return [
    {
      name: "mode",
      about: "Who brings the steps of new orders together; two-phase commit shows nothing half done, and blocks.",
      unit: "choice",
      min: 0,
      max: modes.length - 1,
      choices: modes,
      get: () => modes.indexOf(plan.mode),
      set: (value) => (plan.mode = modes[value]!),
    },
    {
      name: "semanticLocks",
      about:
        "Closes a key while an order for it is under way, so that nobody sees half of it; they are turned away instead.",
      unit: "switch",
      min: 0,
      max: 1,
      get: () => (plan.semanticLocks ? 1 : 0),
      set: (value) => (plan.semanticLocks = value === 1),
    },
    numberOf(plan, "timeoutMs", {
      name: "timeout",
      about: "How long a step may take before it is asked again.",
      unit: "ms",
      min: 10,
      max: 60_000,
    }),
    numberOf(plan, "attempts", {
      name: "attempts",
      about: "Refusals of a step before everything is undone.",
      unit: "count",
      min: 1,
      max: 20,
    }),
    numberOf(plan, "backoffMs", {
      name: "backoff",
      about: "Wait before a step is asked again, give or take half of it.",
      unit: "ms",
      min: 10,
      max: 60_000,
    }),
  ];
}

type Card = Pick<Setting, "name" | "about" | "unit" | "min" | "max">;

function numberOf(plan: SagaPlan, field: "timeoutMs" | "attempts" | "backoffMs", card: Card): Setting {
  return { ...card, get: () => plan[field], set: (value) => (plan[field] = value) };
}

export const saga: ComponentKind<SagaConfig, BuiltSaga> = {
  kind: "saga",
  about: "Orders in several steps at several components: all are done, or what was done is undone in reverse.",
  source: "Garcia-Molina & Salem 1987, Sagas; semantic locks: Frank & Zahle 1998, section 3.",
  simplified: [
    "An order whose step got no clear answer waits for one, however long: it is neither given up nor undone meanwhile.",
    "A semantic lock closes the first key of an order only: whom it pays should be paid in its last step.",
  ],
  config: SagaConfig,
  takes: () => ["order", "read"],
  references: ({ on, mode, steps, reads }) => [
    ...refersTo("node", "on", on),
    ...refersTo(
      "component",
      "steps",
      steps.map(({ call }) => call),
      mode === "twoPhaseCommit" ? ["ledger"] : undefined,
    ),
    ...refersTo("component", "reads", reads === undefined ? [] : [reads]),
  ],
  problems: ({ mode, steps }) =>
    mode === "twoPhaseCommit" && steps.some(({ op }) => op !== "transfer")
      ? ["steps: two-phase commit takes transfers only"]
      : [],
  gauges: GAUGES,
  build: buildSaga,
};
