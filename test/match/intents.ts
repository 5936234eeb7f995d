import * as fc from "fast-check";
import { balancingPolicies } from "../../shared/components/balancing/registry.ts";
import type { ComponentName } from "../../shared/components/registry.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Intent, VerbName } from "../../shared/match/intent.ts";
import { STOPS } from "../../shared/protocols/protocol.ts";

/** Words that name nothing, or something of the language below. */
const NONSENSE = ["nowhere", "Oak ", "0", "-1", "__proto__", "constructor", "toString", "🦀", "a".repeat(40)];

/** Any intent of each verb that passes the schema: most are sensible on this level, some are nonsense. */
export function intentsOf(level: Level): {
  readonly [Name in VerbName]: fc.Arbitrary<Extract<Intent, { verb: Name }>>;
} {
  const named = (names: readonly string[]) =>
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...names) },
      { weight: 1, arbitrary: fc.constantFrom(...NONSENSE) },
    );
  const node = named(Object.keys(level.nodes));
  const zone = named(level.zones);
  const component = named(Object.keys(level.components));
  const ofKind = (kind: ComponentName) => {
    const names = Object.keys(level.components).filter((name) => level.components[name]!.kind === kind);
    return names.length === 0 ? component : fc.oneof({ weight: 4, arbitrary: named(names) }, component);
  };
  const store = ofKind("store");
  const stop = named(STOPS);
  const policy = named(Object.keys(balancingPolicies));
  const verb = <Name extends VerbName>(name: Name) => fc.constant(name);
  const quorum = fc.integer({ min: 1, max: 9 });
  const place = fc
    .tuple(fc.constantFrom("n", "z", "l", "c"), fc.nat(999))
    .map(([kind, index]) => `${kind}${index % 12 === 0 ? index : index % 8}`);
  return {
    dial: fc.record({ verb: verb("dial"), store, stop }),
    quorum: fc.record({ verb: verb("quorum"), store, readQuorum: quorum, writeQuorum: quorum }),
    route: fc.record({ verb: verb("route"), from: zone, to: zone }),
    policy: fc.record({ verb: verb("policy"), balancer: component, policy }),
    weight: fc.record({ verb: verb("weight"), node, weight: fc.constantFrom(0, 1e-300, 0.1, 0.5, 1) }),
    drain: fc.record({ verb: verb("drain"), node, drained: fc.boolean() }),
    promote: fc.record({ verb: verb("promote"), store, node }),
    fence: fc.record({ verb: verb("fence"), node, fenced: fc.boolean() }),
    restart: fc.record({ verb: verb("restart"), node }),
    power: fc.record({ verb: verb("power"), node, on: fc.boolean() }),
    resize: fc.record({ verb: verb("resize"), node, size: fc.nat(9) }),
    repairLink: fc.record({ verb: verb("repairLink"), a: zone, b: zone }),
    callPolicy: fc.record({
      verb: verb("callPolicy"),
      service: component,
      timeoutMs: fc.constantFrom(1, 50, 300, 60_000),
      attempts: fc.integer({ min: 1, max: 10 }),
      backoffMs: fc.constantFrom(0, 1, 500, 10_000),
    }),
    shed: fc.record({ verb: verb("shed"), component, queueCap: fc.constantFrom(0, 1, 20, 10_000) }),
    set: fc.record({
      verb: verb("set"),
      component,
      setting: named(["requestTimeout", "electionTimeout", "mode", "readRepair", "timeout"]),
      value: fc.constantFrom(0, 1, 200, 0.5, -1, 1e9),
    }),
    scale: fc.record({ verb: verb("scale"), component, instances: fc.integer({ min: 1, max: 4 }) }),
    stepDown: fc.record({ verb: verb("stepDown"), store, node, to: node }),
    member: fc.record({ verb: verb("member"), store, node, joined: fc.boolean() }),
    reshard: fc.record(
      {
        verb: verb("reshard"),
        store,
        shards: fc.integer({ min: 1, max: 6 }),
        by: named(["modulo", "hash", "range", "composite"]),
        spread: fc.integer({ min: 1, max: 4 }),
      },
      { requiredKeys: ["verb", "store", "shards", "by"] },
    ),
    split: fc.record({ verb: verb("split"), store, shard: fc.nat(3) }),
    repair: fc.record({ verb: verb("repair"), component }),
    rollback: fc.record({ verb: verb("rollback"), component: ofKind("worker") }),
    replay: fc.record({ verb: verb("replay"), component: ofKind("queue") }),
    rebuild: fc.record({ verb: verb("rebuild"), component: ofKind("projection") }),
    instrument: fc.record({
      verb: verb("instrument"),
      component,
      signal: fc.constantFrom("metrics", "logs", "traces"),
      on: fc.boolean(),
    }),
    handOver: fc.record({ verb: verb("handOver"), component, to: fc.nat(7) }),
    vote: fc.record({ verb: verb("vote"), ping: fc.nat(3), aye: fc.boolean() }),
    claim: fc.record({
      verb: verb("claim"),
      component,
      guarantee: named(["linearizable", "session", "eventual", "monotonicReads"]),
    }),
    ping: fc.record({ verb: verb("ping"), at: place, word: fc.constantFrom("", "look", "🦀".repeat(12)) }),
    take: fc.record({ verb: verb("take"), alert: fc.constantFrom(0, 1, 2, 5, 1e9) }),
  };
}

/** Any intent at all. */
export function anyIntent(level: Level): fc.Arbitrary<Intent> {
  return fc.oneof(...Object.values<fc.Arbitrary<Intent>>(intentsOf(level)));
}

/** Who asks for what, and how many ticks after the one before. */
export interface Wish {
  readonly afterTicks: number;
  readonly operator: number;
  readonly intent: Intent;
}

/** What a busy crew of `operators` asks for during a match of this level. */
export function wishes(level: Level, operators: number): fc.Arbitrary<Wish[]> {
  const wish = fc.record({
    afterTicks: fc.oneof(fc.constant(0), fc.nat(30)),
    operator: fc.nat(operators - 1),
    intent: anyIntent(level),
  });
  return fc.array(wish, { minLength: 1, maxLength: 60 });
}
