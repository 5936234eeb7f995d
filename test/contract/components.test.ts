import { describe, expect, test } from "vitest";
import { components, type ComponentName } from "../../shared/components/registry.ts";
import { balancingPolicies } from "../../shared/components/balancing/registry.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import type { Level } from "../../shared/level/schema.ts";
import { Match } from "../../shared/match/match.ts";
import type { Intent } from "../../shared/match/intent.ts";
import { ALL_WEATHERS, everyLevel } from "../match/level.ts";
import { crewOf } from "../match/play.ts";

/** The fewest lines that a level can write for each kind. */
const LEAST: Readonly<Record<ComponentName, object>> = {
  store: { kind: "store", on: ["oak"], protocol: "single", dial: ["linearizable"] },
  service: { kind: "service", on: ["oak"], calls: "ledger" },
  cache: { kind: "cache", on: ["oak"], of: "ledger" },
  gateway: { kind: "gateway", on: ["oak"], to: "ledger" },
  partner: { kind: "partner", in: "A" },
  balancer: { kind: "balancer", in: ["A"], to: "ledger" },
  membership: { kind: "membership", on: ["oak", "elm"], detector: "swim" },
  queue: { kind: "queue", on: ["oak"] },
  worker: { kind: "worker", on: ["oak"], from: "editions", calls: "articles" },
  table: { kind: "table", on: ["oak"] },
  projection: { kind: "projection", on: ["oak"], of: "articles" },
  eventStore: { kind: "eventStore", on: ["oak"] },
  objectStore: { kind: "objectStore", on: ["oak"] },
  cqrs: { kind: "cqrs", on: ["oak"], commands: "editions", queries: "articles" },
  ledger: { kind: "ledger", on: ["oak"] },
  saga: { kind: "saga", on: ["oak"], steps: [{ call: "ledger" }] },
  timeline: { kind: "timeline", on: ["oak"] },
  monitor: { kind: "monitor", in: "A" },
};

/** Kinds of component that stand in a level of the house. */
const KINDS_PLAYED = everyLevel().flatMap(({ components }) => Object.values(components).map(({ kind }) => kind));

describe.each(Object.entries(components))("%s", (kind, { about, config }) => {
  test("says what it is, and stands in a level for tests", () => {
    expect(about).toMatch(/^[A-Z].*\.$/);
    expect(KINDS_PLAYED).toContain(kind);
  });

  test("is complete with its fewest lines: everything else has a default", () => {
    const read = config.safeParse(LEAST[kind as ComponentName]);
    expect(read.success, JSON.stringify(read.error?.issues)).toBe(true);
  });

  test("takes no line that it does not know, and misses none that it needs", () => {
    const least = LEAST[kind as ComponentName];
    expect(config.safeParse({ ...least, colour: "red" }).success).toBe(false);
    for (const name of Object.keys(least)) {
      const without = Object.fromEntries(Object.entries(least).filter(([key]) => key !== name));
      expect(config.safeParse(without).success, name).toBe(false);
    }
  });
});

test("what goes on all match takes a while each time, or nothing else would get a turn", () => {
  const { balancer, monitor, store } = components;
  expect(balancer.config.safeParse({ ...LEAST.balancer, healthCheck: "0ms" }).error?.issues[0]?.message).toBe(
    "expected at least 10 ms",
  );
  expect(monitor.config.safeParse({ ...LEAST.monitor, scrape: "1us" }).success).toBe(false);
  expect(store.config.safeParse({ ...LEAST.store, heartbeat: "9ms" }).success).toBe(false);
  expect(store.config.safeParse({ ...LEAST.store, heartbeat: "10ms" }).success).toBe(true);
});

/** A calm level: no faults, and clients of all zones go to any of the ledger's nodes. */
const CALM: Level = {
  ...ALL_WEATHERS,
  faults: [],
  components: { ...ALL_WEATHERS.components, edge: { ...ALL_WEATHERS.components["edge"], local: false } as never },
};

/** Plays for a while and counts the requests that clients sent to each node, by its name. */
function requestsPerNode(match: Match, seconds: number): Record<string, number> {
  const counts = Object.fromEntries(match.cluster.nodeNames.map((name) => [name, 0]));
  for (let tick = 0; tick < seconds * 20; tick++) {
    match.advance();
    if (match.tick % 2 !== 0) continue;
    for (const { from, to, reads, writes } of match.view(0).flows) {
      if (from.startsWith("z")) counts[match.cluster.nodeNames[Number(to.slice(1))]!]! += reads + writes;
    }
  }
  return counts;
}

function begin(level: Level, ...intents: readonly Intent[]): Match {
  const match = new Match(level, "components", crewOf(1));
  for (const intent of intents) expect(isRefusal(match.intend(0, intent))).toBe(false);
  return match;
}

describe("a balancer", () => {
  test.each(Object.keys(balancingPolicies))(
    "by %s never asks a node that is drained, without weight or switched off",
    (policy) => {
      const match = begin(
        CALM,
        { verb: "drain", node: "elm", drained: true },
        { verb: "weight", node: "moss", weight: 0 },
      );
      match.advance();
      if (match.cluster.balancers()[0]!.spread.policy !== policy)
        match.intend(0, { verb: "policy", balancer: "edge", policy });
      match.intend(0, { verb: "power", node: "reed", on: false });
      // What was sent before has arrived, and health checks have found out about Reed.
      requestsPerNode(match, 6);
      const counts = requestsPerNode(match, 5);
      expect(counts["oak"]).toBeGreaterThan(100);
      expect(counts["pike"]).toBeGreaterThan(50);
      // Kelp is a standby and was never on; the book's own balancer may ask Moss for nothing either.
      expect([counts["elm"], counts["moss"], counts["reed"], counts["kelp"]]).toEqual([0, 0, 0, 0]);
    },
  );

  test("finds out by its health checks that a node is gone, and that it is back", () => {
    const match = begin(CALM);
    requestsPerNode(match, 2);
    match.cluster.world.crash(match.cluster.world.machines[match.cluster.node("elm")]!);
    // Three checks a second apart go unanswered before a target is left out.
    requestsPerNode(match, 5);
    expect(requestsPerNode(match, 3)["elm"]).toBe(0);
    match.cluster.world.restart(match.cluster.world.machines[match.cluster.node("elm")]!, false);
    requestsPerNode(match, 2);
    expect(requestsPerNode(match, 3)["elm"]).toBeGreaterThan(10);
  });

  test("sends nothing to a fenced node, however well it is", () => {
    const match = begin(CALM, { verb: "fence", node: "elm", fenced: true });
    requestsPerNode(match, 8);
    expect(requestsPerNode(match, 3)["elm"]).toBe(0);
  });
});

describe("a store", () => {
  test("spreads its shards: every node leads some, and every key belongs to one shard", () => {
    const match = begin(CALM);
    const book = match.cluster.stores().find(({ name }) => name === "book")!;
    for (let key = 0; key < 20; key++) {
      const instances = book.instancesFor(key);
      expect(instances.length).toBe(3);
      expect(book.instancesFor(key)).toBe(instances);
    }
    expect(book.instancesFor(0)).not.toBe(book.instancesFor(1));
    expect(new Set(book.placed.map(({ shard }) => shard))).toEqual(new Set([0, 1]));
  });

  test.each(["pause", "crash"] as const)(
    "tells a primary of a fence that it missed by a %s, once it is back",
    (kind) => {
      const level: Level = {
        ...CALM,
        components: { ...CALM.components, ledger: { ...CALM.components["ledger"]!, mode: "sync" } as never },
        workload: CALM.workload.filter(({ to, op }) => to === "ledger" && op === "write"),
      };
      const match = begin(level);
      const { world } = match.cluster;
      const oak = world.machines[match.cluster.node("oak")]!;
      requestsPerNode(match, 3);
      if (kind === "pause") world.pause(oak);
      else world.crash(oak);
      expect(isRefusal(match.intend(0, { verb: "fence", node: "elm", fenced: true }))).toBe(false);
      requestsPerNode(match, 4);
      if (kind === "pause") world.resume(oak);
      else world.restart(oak, false);
      requestsPerNode(match, 6);
      const backAtUs = world.kernel.nowUs;
      while (!match.over) match.advance();
      // A write waits for all who are left; waiting for the fenced one would be for ever.
      const late = [...match.record.history].filter(({ invokedAtUs }) => invokedAtUs > backAtUs);
      expect(late.length).toBeGreaterThan(100);
      expect(late.filter(({ outcome }) => outcome !== "ok")).toEqual([]);
    },
  );

  test("turns away what does not fit into its nodes' queues, and says so at once", () => {
    const roomy = begin(CALM);
    const tight = begin(CALM, { verb: "shed", component: "ledger", queueCap: 0 });
    for (const match of [roomy, tight]) {
      for (const machine of match.cluster.world.machines) machine.resize(1);
      while (!match.over) match.advance();
    }
    const refused = (match: Match): number =>
      match
        .debrief()
        .ledger.reduce((sum, { cause, operations }) => sum + (cause.includes("queue full") ? operations : 0), 0);
    expect(refused(tight)).toBeGreaterThan(20 * (refused(roomy) + 1));
  });
});

describe("a service", () => {
  /** The feed through services, where everything within zone A loses one message in five. */
  function feedUnder(attempts: number): { answered: number; retries: number } {
    const level: Level = {
      ...ALL_WEATHERS,
      faults: [{ kind: "lossyLink", between: ["A", "A"], loss: 0.2, at: { fromMs: 0, untilMs: 0 }, telegraph: 0 }],
      workload: ALL_WEATHERS.workload
        .filter(({ to, from }) => to === "feed" && from.includes("A"))
        .map((line) => ({ ...line, from: ["A"] })),
    };
    const match = begin(level, { verb: "callPolicy", service: "api", timeoutMs: 100, attempts, backoffMs: 20 });
    let retries = 0;
    while (!match.over) {
      match.advance();
      if (match.tick % 2 === 0) for (const flow of match.view(0).flows) retries += flow.retries;
    }
    const { counts, total } = match.debrief();
    return { answered: (counts.served + counts.late + counts.wrong) / total, retries };
  }

  test("asks its store again when it hears nothing, as often as its policy says and no more", () => {
    const once = feedUnder(1);
    const thrice = feedUnder(3);
    expect(once.retries).toBe(0);
    expect(thrice.retries).toBeGreaterThan(50);
    expect(thrice.answered).toBeGreaterThan(once.answered + 0.1);
  });
});
