import { describe, expect, test } from "vitest";
import type { Checker, CheckerOptions } from "../../shared/checkers/checker.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { protocols } from "../../shared/protocols/registry.ts";

import { replayLine, seedsOf } from "./replay.ts";
import { historyOf, type Schedule } from "./schedules.ts";
import { promotion, stepDown, TROUBLES } from "./troubles.ts";
import { FOUL_WEATHER } from "./weather.ts";

const FILE = "consistency.test.ts";
const { linearizable, causal, session, boundedStaleness, acknowledgedWriteLost } = checkers;
const { gossip, single, primaryBackup, chain, quorum, raft } = protocols;

/** Random schedules for each claim. */
const SCHEDULES = 60;

const WITH_CAS = ["read", "read", "write", "cas"] as const;
const WITHOUT_CAS = ["read", "read", "write"] as const;

const base = { replicas: 3, troubles: TROUBLES, kinds: WITH_CAS, attempts: 2 };
const alone: Schedule = { ...base, protocol: single, config: {} };
/** Nobody but the first primary: it is not told to step down, since without a promotion nobody would follow it. */
const async: Schedule = {
  ...base,
  protocol: primaryBackup,
  config: { mode: "async" },
  troubles: TROUBLES.filter((it) => it !== stepDown),
};
const sync: Schedule = { ...base, protocol: primaryBackup, config: { mode: "sync" } };
const row: Schedule = { ...base, protocol: chain, config: {} };
const leaderless: Schedule = { ...base, protocol: quorum, config: {}, kinds: WITHOUT_CAS, attempts: 1 };
const elected: Schedule = { ...base, protocol: raft, config: {} };

/** Operators who promote left and right. */
const promoting = (schedule: Schedule): Schedule => ({ ...schedule, troubles: [...TROUBLES, promotion, promotion] });
const at = (schedule: Schedule, config: Partial<ReplicationConfig>): Schedule => ({
  ...schedule,
  config: { ...schedule.config, ...config },
});

/** What a checker blames in many random schedules, each with the line that replays it. */
function* violations(checker: Checker, schedule: Schedule, options: CheckerOptions = {}): Generator<string, number> {
  const seeds = seedsOf(SCHEDULES);
  let answered = 0;
  for (const seed of seeds) {
    const history = historyOf(seed, schedule);
    answered += history.filter(({ outcome }) => outcome === "ok").length;
    const verdict = judge(checker, history, options);
    if (verdict.outcome === "unknown") yield `seed ${seed}: ${verdict.reason}`;
    if (verdict.outcome === "invalid")
      yield `seed ${seed}: ${verdict.anomalies[0]?.sentence} ${replayLine(FILE, seed)}`;
  }
  return answered / seeds.length;
}

/** All violations; and that too little was answered, since a store that answers nothing is never wrong. */
function never(...of: Parameters<typeof violations>): string[] {
  const found: string[] = [];
  const search = violations(...of);
  let step = search.next();
  for (; !step.done; step = search.next()) found.push(step.value);
  return step.value < 30 ? [...found, `only ${step.value} answers in a schedule`] : found;
}

/** The first violation. */
function inSome(...of: Parameters<typeof violations>): string | undefined {
  const { done, value } = violations(...of).next();
  return done ? undefined : String(value);
}

describe("at linearizable, no random schedule makes an answer that one copy could not have given", () => {
  test("single: crashes take back nothing that was read or acknowledged", () => {
    expect(never(linearizable, { ...alone, replicas: 1 })).toEqual([]);
  });
  test("primaryBackup, async, with one primary for good", () => {
    expect(never(linearizable, async)).toEqual([]);
  });
  test("primaryBackup, semiSync, with one primary for good, whether it degrades or not", () => {
    expect(never(linearizable, at(async, { mode: "semiSync", semiSyncTimeoutMs: 100 }))).toEqual([]);
    expect(never(linearizable, at(async, { mode: "semiSync", semiSyncTimeoutMs: 60_000 }))).toEqual([]);
  });
  test("primaryBackup, async, with leases and tokens and one primary for good", () => {
    expect(never(linearizable, at(async, { leaseMs: 400, fencingTokens: true }))).toEqual([]);
  });
  test("primaryBackup, sync, even while operators promote the wrong replica", () => {
    expect(never(linearizable, promoting(sync))).toEqual([]);
  });
  test("chain, read anywhere", () => {
    expect(never(linearizable, row)).toEqual([]);
  });
  test("quorum: reads write back, writes ask first, clocks have no say", () => {
    expect(never(linearizable, { ...leaderless, weather: { ...FOUL_WEATHER, skewMsMax: 5_000 } })).toEqual([]);
  });
  test("quorum, five replicas", () => {
    expect(never(linearizable, { ...leaderless, replicas: 5 })).toEqual([]);
  });
  test("quorum, with retries at other coordinators", () => {
    expect(never(linearizable, { ...leaderless, attempts: 3 })).toEqual([]);
  });
  test("quorum, keeping siblings: the last of them is the value", () => {
    expect(never(linearizable, at({ ...leaderless, attempts: 2 }, { conflict: "siblings" }))).toEqual([]);
  });
  test("raft", () => {
    expect(never(linearizable, elected)).toEqual([]);
  });
});

describe("at session, a session never misses its own writes and never goes back", () => {
  test("primaryBackup, async, with one primary for good", () => {
    expect(never(session, at(async, { stop: "session" }))).toEqual([]);
  });
  test("primaryBackup, sync, under promotions", () => {
    expect(never(session, at(promoting(sync), { stop: "session" }))).toEqual([]);
  });
  test("chain", () => {
    expect(never(session, at(row, { stop: "session" }))).toEqual([]);
  });
  test("quorum", () => {
    expect(never(session, at(leaderless, { stop: "session" }))).toEqual([]);
  });
  test("raft", () => {
    expect(never(session, at(elected, { stop: "session" }))).toEqual([]);
  });
});

describe("at causal, nobody sees anything from before what it can know of, and every client sees one order", () => {
  test.each([
    ["primaryBackup, async, with one primary for good", async],
    ["primaryBackup, sync, under promotions", promoting(sync)],
    ["chain", row],
    ["raft", elected],
  ])("%s", (_, schedule) => {
    expect(never(causal, at(schedule, { stop: "causal" }))).toEqual([]);
  });
});

describe("at bounded staleness, no answer is older than the bound and the error of the clocks", () => {
  const bounded = at(async, { stop: "boundedStaleness", boundMs: 150 });
  test("primaryBackup", () => {
    expect(never(boundedStaleness, bounded, { boundMs: 150 + 2 * FOUL_WEATHER.skewMsMax })).toEqual([]);
  });
  test("chain", () => {
    const options = { boundMs: 150 + 2 * FOUL_WEATHER.skewMsMax };
    expect(never(boundedStaleness, at(row, { stop: "boundedStaleness", boundMs: 150 }), options)).toEqual([]);
  });
  test("primaryBackup: answers are older than a tenth of it", () => {
    expect(inSome(boundedStaleness, bounded, { boundMs: 15 })).toBeDefined();
  });
  test("primaryBackup: a clock that is wrong makes a wrong promise", () => {
    expect(
      inSome(boundedStaleness, { ...bounded, weather: { ...FOUL_WEATHER, skewMsMax: 2_000 } }, { boundMs: 154 }),
    ).toBeDefined();
  });
});

describe("a weaker stop is weaker: some random schedule shows it", () => {
  test.each([
    ["primaryBackup at eventual is not causal", async, "eventual"],
    ["chain at eventual is not causal", row, "eventual"],
    ["quorum at eventual is not causal", leaderless, "eventual"],
    ["raft at eventual is not causal", elected, "eventual"],
  ] as const)("%s", (_, schedule, stop) => {
    expect(inSome(causal, at(schedule, { stop }))).toBeDefined();
  });
  test("raft at causal is not linearizable", () => {
    expect(inSome(linearizable, at(elected, { stop: "causal" }))).toBeDefined();
  });
  test("primaryBackup at eventual: a session misses its own writes or goes back", () => {
    expect(inSome(session, at(async, { stop: "eventual" }))).toBeDefined();
  });
  test("primaryBackup at session: an answer that is not linearizable", () => {
    expect(inSome(linearizable, at(async, { stop: "session" }))).toBeDefined();
  });
  test("primaryBackup at bounded staleness: an answer that is not linearizable", () => {
    expect(inSome(linearizable, at(async, { stop: "boundedStaleness" }))).toBeDefined();
  });
  test("primaryBackup, async, at linearizable: with two primaries it is not", () => {
    expect(inSome(linearizable, promoting(async))).toBeDefined();
  });
  test("primaryBackup, async: a promotion loses acknowledged writes", () => {
    expect(inSome(acknowledgedWriteLost, promoting(async))).toBeDefined();
  });
  test("chain at eventual: a session misses its own writes or goes back", () => {
    expect(inSome(session, at(row, { stop: "eventual" }))).toBeDefined();
  });
  test("chain at session: an answer that is not linearizable", () => {
    expect(inSome(linearizable, at(row, { stop: "session" }))).toBeDefined();
  });
  test("primaryBackup, semiSync: a promotion of the wrong backup loses acknowledged writes", () => {
    expect(inSome(acknowledgedWriteLost, promoting(at(async, { mode: "semiSync" })))).toBeDefined();
  });
  test("quorum at eventual with quorums of one: a session misses its own writes or goes back", () => {
    expect(inSome(session, at(leaderless, { stop: "eventual" }))).toBeDefined();
  });
  test("quorum at eventual with quorums that meet: last write wins by clock is not linearizable", () => {
    expect(
      inSome(linearizable, {
        ...at(leaderless, { stop: "eventual", readQuorum: 2, writeQuorum: 2 }),
        weather: { ...FOUL_WEATHER, skewMsMax: 200 },
      }),
    ).toBeDefined();
  });
  test("quorum at session: an answer that is not linearizable", () => {
    expect(
      inSome(linearizable, {
        ...at(leaderless, { stop: "session" }),
        weather: { ...FOUL_WEATHER, skewMsMax: 200 },
      }),
    ).toBeDefined();
  });
  test("quorum at session: clocks that are wrong hide a session's own writes", () => {
    expect(
      inSome(session, {
        ...at(leaderless, { stop: "session" }),
        weather: { ...FOUL_WEATHER, skewMsMax: 200 },
      }),
    ).toBeDefined();
  });
  test("gossip: a session misses its own writes or goes back", () => {
    expect(inSome(session, { ...leaderless, protocol: gossip, config: { stop: "eventual" } })).toBeDefined();
  });
  test("raft at eventual: a session misses its own writes or goes back", () => {
    expect(inSome(session, at(elected, { stop: "eventual" }))).toBeDefined();
  });
  test("raft at session: an answer that is not linearizable", () => {
    expect(inSome(linearizable, at(elected, { stop: "session" }))).toBeDefined();
  });
});
