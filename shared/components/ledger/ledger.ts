import { exponential } from "../../core/distribution.ts";
import { invariant } from "../../core/invariant.ts";
import { usOf } from "../../core/time.ts";
import { refersTo, type ComponentKind, type GaugeCard } from "../component.ts";
import type { Built, Order, Setting, Site } from "../site.ts";
import { CONSISTENCIES, LedgerConfig } from "./config.ts";
import { LedgerNode } from "./node.ts";
import { leaderOf, type LedgerPlan } from "./plan.ts";

/** A ledger that was built; whoever coordinates transactions over it asks where an account is decided. */
export interface BuiltLedger extends Built {
  readonly kind: "ledger";
  readonly nodes: readonly LedgerNode[];
  readonly plan: LedgerPlan;
}

const GAUGES: readonly GaugeCard[] = [
  { name: "locks held", unit: "count", combine: "sum" },
  { name: "waiting for locks", unit: "count", combine: "sum" },
  { name: "in doubt", unit: "count", combine: "sum" },
  { name: "accounts overdrawn", unit: "count", combine: "max", pagesAbove: 0 },
  { name: "damage by hand", unit: "count", combine: "sum" },
];

function buildLedger(site: Site, index: number, name: string, config: LedgerConfig): BuiltLedger {
  const plan = planOf(name, config);
  const nodes: LedgerNode[] = [];
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    const process = site.world.addProcess({ machine: node }, (self) => {
      nodes.push(new LedgerNode({ world: site.world, self, machine, index }, plan));
      return nodes.at(-1)!;
    });
    plan.members.push(process);
    return { process, node, zone: machine.zone, gauges: () => nodes[plan.members.indexOf(process)]!.gauges() };
  });
  for (const node of nodes) node.begin();
  const summary = `ledger · ${config.accounts} accounts · ${config.shards} ${config.shards === 1 ? "shard" : "shards"}`;
  return {
    index,
    name,
    kind: "ledger",
    summary,
    instances,
    nodes,
    plan,
    keys: config.accounts,
    instancesFor: () => instances,
    reaches: [index],
    settings: settingsOf(plan),
    orders: [repairOrder(nodes)],
  };
}

function planOf(name: string, config: LedgerConfig): LedgerPlan {
  return {
    name,
    accounts: config.accounts,
    opening: config.opening,
    shards: config.shards,
    members: [],
    commit: {
      voteTimeoutUs: usOf(config.voteTimeout),
      inquireAfterUs: usOf(config.inquireAfter),
      retryEveryUs: usOf(config.voteTimeout / 4),
      cooperative: config.cooperative,
    },
    silenceMs: config.silence,
    costUs: exponential(usOf(config.time)),
    consistency: config.consistency,
    decides: config.decides,
    leaseMs: config.lease,
    fencingTokens: config.fencingTokens,
    overdraft: config.overdraft,
    idempotent: config.idempotent,
    lockTimeoutMs: config.lockTimeout,
    spreadEveryMs: config.spreadEvery,
  };
}

function settingsOf(plan: LedgerPlan): Setting[] {
  const about =
    "Whose copy decides: each its own, so that money can be spent twice; or one node, which may be out of reach.";
  return [
    {
      name: "consistency",
      about,
      unit: "choice",
      min: 0,
      max: CONSISTENCIES.length - 1,
      choices: CONSISTENCIES,
      get: () => CONSISTENCIES.indexOf(plan.consistency),
      set: (value) => (plan.consistency = CONSISTENCIES[value]!),
    },
    switchOf(plan, "overdraft", "Whether accounts may go below nothing; then nobody is turned away, and debts stay."),
    switchOf(
      plan,
      "fencingTokens",
      "Whether a decision that comes after its lease is refused; without, money may be spent twice.",
    ),
    switchOf(plan, "idempotent", "Whether a payment that comes twice is made once; without it a retry charges again."),
    {
      name: "lockTimeout",
      about:
        "How long a request waits for a locked account; short turns people away, long lets them wait behind the dead.",
      unit: "ms",
      min: 10,
      max: 60_000,
      get: () => plan.lockTimeoutMs,
      set: (value) => (plan.lockTimeoutMs = value),
    },
    {
      name: "spreadEvery",
      about: "Time between two comparisons of the copies: how long a spend may go unknown elsewhere.",
      unit: "ms",
      min: 10,
      max: 60_000,
      get: () => plan.spreadEveryMs,
      set: (value) => (plan.spreadEveryMs = value),
    },
  ];
}

function switchOf(plan: LedgerPlan, name: "overdraft" | "fencingTokens" | "idempotent", about: string): Setting {
  const get = (): number => (plan[name] ? 1 : 0);
  return { name, about, unit: "switch", min: 0, max: 1, get, set: (value) => (plan[name] = value === 1) };
}

function repairOrder(nodes: readonly LedgerNode[]): Order {
  const doubtful = (): readonly LedgerNode[] => nodes.filter((node) => node.doubts.length > 0);
  return {
    verb: "repair",
    about:
      "Aborts by hand what is in doubt, so that its accounts are free; if it was committed elsewhere, the copies disagree for good.",
    durationMs: 2_000,
    refuse: () => (doubtful().length === 0 ? "Nothing is in doubt there." : null),
    run: () => doubtful().forEach((node) => node.abortDoubts()),
  };
}

/** Addresses of the nodes that decide for an account of a ledger that was built. */
export function deciderOf({ plan }: BuiltLedger, account: number): number {
  invariant(account >= 0 && account < plan.accounts, `ledger: ${plan.name} has no account ${account}`);
  return leaderOf(plan, account);
}

export const ledger: ComponentKind<LedgerConfig, BuiltLedger> = {
  kind: "ledger",
  about:
    "Accounts with money: a payment locks, looks, deducts and records; copies decide each for itself, or one for all.",
  source: "Helland & Campbell 2009, Building on quicksand; Gray & Reuter 1993, section 8.4.",
  simplified: [
    "Who decides for an account is fixed: when that node is gone nobody is elected in its place, and its disk is the one that counts.",
    "A payment that was declined is remembered until the node crashes.",
  ],
  config: LedgerConfig,
  takes: () => ["transfer", "read", "audit"],
  references: ({ on }) => refersTo("node", "on", on),
  problems: ({ decides, shards }) =>
    decides === "asker" && shards > 1 ? ["decides: leases on accounts of several shards can't be had together"] : [],
  gauges: GAUGES,
  build: buildLedger,
};
