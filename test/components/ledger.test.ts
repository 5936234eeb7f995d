import { describe, expect, test } from "vitest";
import type { Match } from "../../shared/match/match.ts";
import { answered, bankOf, historyOf, moneyLevel, played } from "./moneyLevel.ts";

/** Spenders in two regions, few accounts, and a cut between A and the others from 3 s to 8 s. */
function bank(
  lines: string,
  { shards = 1, faults = "[]", guarantee = "noDoubleSpend", lasts = "12s", rate = 12 } = {},
) {
  return moneyLevel({
    components: `  bank: { kind: ledger, on: [oak, elm, moss], accounts: 12, opening: 100, shards: ${shards}, ${lines} }`,
    workload: `
  - { from: [A, B], to: bank, op: transfer, rate: ${rate}/s, amount: "10..60" }
  - { from: [A, B, C], to: bank, op: read, rate: 6/s }
  - { from: [B], to: bank, op: audit, rate: 1/s }`,
    contract: `  bank: { guarantee: ${guarantee}, wrongCosts: 5, answerWithin: 500ms, giveUpAfter: 2s, opening: 100 }`,
    faults: `faults: ${faults}`,
    lasts,
  });
}

const CUT = "[{ at: 3s, kind: partition, sides: [[A], [B, C]], for: 5s }]";

function wrong(match: Match): string[] {
  return match.record.wrong.map(({ anomaly }) => anomaly.name);
}

/** How many payments were declined because an account had too little. */
function declined(match: Match): number {
  return historyOf(match).filter(({ kind, outcome }) => kind === "transfer" && outcome === "fail").length;
}

describe("a ledger", () => {
  test("moves money, declines what is not covered, and shows balances that add up", () => {
    const match = played(bank("consistency: strong"), "calm");
    expect(match.record.verdict("bank")).toEqual({ outcome: "valid" });
    expect(answered(match, "audit")).toBe(1);
    expect(declined(match)).toBeGreaterThan(10);
    expect(answered(match, "transfer")).toBeGreaterThan(0.5);
    const books = bankOf(match).nodes.map(({ balances }) => [...balances]);
    expect(books[1]).toEqual(books[0]);
    expect(books[0]!.reduce((sum, balance) => sum + balance)).toBe(1_200);
  });

  test("spends the same money in two regions when each copy decides by itself, and finds out when they meet again", () => {
    let overdrawn = 0;
    const look = (now: Match): void => {
      overdrawn = Math.max(overdrawn, bankOf(now).nodes[0]!.gauges()[3]!);
    };
    const afterTheCut = Object.fromEntries(Array.from({ length: 20 }, (_, tick) => [161 + tick, look]));
    const match = played(bank("consistency: local", { faults: CUT }), "spree", afterTheCut);
    expect(wrong(match)).toContain("doubleSpend");
    expect(answered(match, "read", 0)).toBe(1);
    const [oak, elm] = bankOf(match).nodes;
    expect(oak!.balances).toEqual(elm!.balances);
    expect(overdrawn).toBeGreaterThan(0);
  });

  test("spends no money twice when one node decides, and the side without it has to wait", () => {
    const match = played(bank("consistency: strong", { faults: CUT }), "spree");
    expect(match.record.verdict("bank")).toEqual({ outcome: "valid" });
    expect(answered(match, "read", 0)).toBe(1);
    expect(answered(match, "read", 2)).toBeLessThan(0.75);
    expect(Math.min(...bankOf(match).nodes[0]!.balances)).toBeGreaterThanOrEqual(0);
  });

  test("pays for strength with a way to the node that decides", () => {
    const latency = (lines: string) => played(bank(lines), "calm").record.latencies("bank").p50;
    const local = latency("consistency: local");
    const strong = latency("consistency: strong");
    expect(local).toBeLessThan(8);
    expect(strong).toBeGreaterThan(local + 8);
  });

  test("commits a payment between accounts of two shards at both of them, and audits both at one moment", () => {
    // Few payments at a time: an audit that meets one the wrong way round gives up and is declined.
    const match = played(bank("consistency: strong", { shards: 3, rate: 4 }), "shards");
    expect(match.record.verdict("bank")).toEqual({ outcome: "valid" });
    expect(answered(match, "audit")).toBeGreaterThan(0.5);
    expect(answered(match, "transfer")).toBeGreaterThan(0.5);
    const [oak, elm, moss] = bankOf(match).nodes;
    expect(oak!.balances).toEqual(elm!.balances);
    expect(oak!.balances).toEqual(moss!.balances);
  });

  test("holds accounts that are in doubt while the coordinator is gone, and frees them when it is back", () => {
    const lines = "consistency: strong, lockTimeout: 400ms, silence: 30s";
    const level = bank(lines, { shards: 2, lasts: "15s", rate: 60 });
    let held = 0;
    let doubtful = 0;
    const match = played(level, "blocked", {
      // Decisions of the coordinator take long enough for one to be missing when it crashes.
      90: ({ cluster }) => cluster.world.network.link(0, 1).forEach((lane) => lane.afflict(9, { slowdown: 20, trouble: "slow" })),
      100: ({ cluster }) => cluster.world.crash(cluster.world.machines[cluster.node("oak")]!),
      180: (now) => {
        [held, , doubtful] = bankOf(now).nodes[1]!.gauges() as [number, number, number];
      },
      200: ({ cluster }) => {
        cluster.world.network.link(0, 1).forEach((lane) => lane.relieve(9));
        cluster.world.restart(cluster.world.machines[cluster.node("oak")]!, false);
      },
    });
    expect(doubtful).toBeGreaterThan(0);
    expect(held).toBeGreaterThanOrEqual(doubtful);
    expect(bankOf(match).nodes.map(({ doubts }) => doubts.length)).toEqual([0, 0, 0]);
    expect(match.record.verdict("bank")).toEqual({ outcome: "valid" });
  });

  test("can be set free by hand, at the risk that the copies disagree for good", () => {
    const level = bank("consistency: strong, lockTimeout: 400ms", { shards: 2, lasts: "15s", rate: 60 });
    const damages: number[] = [];
    for (let seed = 0; seed < 4; seed++) {
      const match = played(level, `hand/${seed}`, {
        100: ({ cluster }) =>
          cluster.world.network.link(0, 1).forEach((lane) => lane.afflict(9, { cut: true, trouble: "cut" })),
        160: (now) => {
          const [repair] = bankOf(now).orders!;
          if (repair!.refuse() === null) repair!.run();
        },
        200: ({ cluster }) => cluster.world.network.link(0, 1).forEach((lane) => lane.relieve(9)),
      });
      expect(bankOf(match).nodes.map(({ doubts }) => doubts.length)).toEqual([0, 0, 0]);
      damages.push(bankOf(match).nodes.reduce((sum, node) => sum + node.gauges()[4]!, 0));
    }
    expect(Math.max(...damages)).toBeGreaterThan(0);
  });

  test("lets accounts go below nothing when it is told to, and then declines nothing", () => {
    const match = played(bank("consistency: strong, overdraft: true", { guarantee: "moneyConserved" }), "debt");
    expect(declined(match)).toBe(0);
    expect(Math.min(...bankOf(match).nodes[0]!.balances)).toBeLessThan(0);
    expect(match.record.verdict("bank")).toEqual({ outcome: "valid" });
  });
});

describe("a lease on an account", () => {
  /** Elm and Moss decide about accounts that Oak leads, and Elm stands still now and then for longer than a lease. */
  function paused(fencingTokens: boolean, seed: string): Match {
    const lines = `consistency: strong, decides: asker, lease: 300ms, fencingTokens: ${fencingTokens}, time: 15ms`;
    const stand = ({ cluster }: Match): void => cluster.world.pause(cluster.world.machines[cluster.node("elm")]!);
    const goOn = ({ cluster }: Match): void => cluster.world.resume(cluster.world.machines[cluster.node("elm")]!);
    const at = Array.from({ length: 8 }, (_, time) => [
      [20 + time * 25, stand],
      [32 + time * 25, goOn],
    ]).flat() as [number, (match: Match) => void][];
    return played(bank(lines, { rate: 20 }), seed, Object.fromEntries(at));
  }

  test("lets another node decide, and costs one more way", () => {
    const match = played(bank("consistency: strong, decides: asker"), "calm");
    expect(match.record.verdict("bank")).toEqual({ outcome: "valid" });
    expect(answered(match, "transfer", 1)).toBeGreaterThan(0.5);
  });

  test("that runs out while its holder stands still lets money be spent twice, unless its fencing token is asked for", () => {
    const seeds = ["one", "two", "three", "four"];
    const spent = seeds.flatMap((seed) => wrong(paused(false, seed)));
    expect(spent.length).toBeGreaterThan(0);
    const fenced = seeds.map((seed) => paused(true, seed));
    expect(fenced.map((match) => match.record.verdict("bank").outcome)).toEqual(seeds.map(() => "valid"));
    const refused = fenced.flatMap((match) =>
      match.debrief().ledger.filter(({ cause }) => cause.includes("its lease on the account")),
    );
    expect(refused.length).toBeGreaterThan(0);
  });
});

describe("a payment that comes twice", () => {
  /** Payments through a service that asks again when an answer is lost. */
  function retried(idempotent: boolean): Match {
    const level = moneyLevel({
      components: `
  edge: { kind: balancer, in: [A, B, C], policy: random, to: till }
  till: { kind: service, on: [elm, moss], calls: bank, timeout: 120ms, attempts: 4, backoff: 20ms }
  bank: { kind: ledger, on: [oak], accounts: 12, opening: 1000, overdraft: true, idempotent: ${idempotent} }`,
      workload: `
  - { from: [B], to: bank, op: transfer, rate: 20/s, amount: 10 }
  - { from: [B], to: bank, op: read, rate: 10/s }`,
      contract: "  bank: { guarantee: noDoubleSpend, wrongCosts: 5, answerWithin: 1s, opening: 1000 }",
      faults: "faults: [{ at: 2s, kind: lossyLink, between: [A, B], loss: 30%, for: 8s }]",
    });
    return played(level, "twice");
  }

  test("charges once when the ledger knows it by its operation, and twice when it does not", () => {
    expect(retried(true).record.verdict("bank")).toEqual({ outcome: "valid" });
    expect(wrong(retried(false)).filter((name) => name === "wrongBalance").length).toBeGreaterThan(5);
  });
});
