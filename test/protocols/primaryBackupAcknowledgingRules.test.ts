import { describe, expect, test } from "vitest";
import { leaseProblems, StoreConfig } from "../../shared/components/store/config.ts";
import { TIMER } from "../../shared/protocols/primaryBackup/state.ts";
import { append, appended, EVERYBODY, messages, replica, type Replica } from "./primaryBackupAlone.ts";

describe("mode semiSync", () => {
  const acknowledges = (primary: Replica, from: number, index: number): void => primary.hears(from, appended({ index }));

  test("a write is acknowledged, and seen by readers, once one backup has it on disk", () => {
    const primary = replica(0, { mode: "semiSync" });
    const write = primary.asked({ kind: "write", argument: 1 });
    primary.syncs();
    const read = primary.asked({});
    expect(primary.answers.has(write)).toBe(false);
    expect(primary.answers.get(read)).toMatchObject({ value: null });
    acknowledges(primary, 2, 1);
    expect(primary.answers.get(write)).toMatchObject({ outcome: "ok", position: 1 });
  });

  test("it may ask for two backups; with fewer members it asks for all there are", () => {
    const primary = replica(0, { mode: "semiSync", ackedBackups: 2 });
    const first = primary.asked({ kind: "write", argument: 1 });
    primary.syncs();
    acknowledges(primary, 2, 1);
    expect(primary.answers.has(first)).toBe(false);
    primary.orders({ type: "members", members: [0, 2] });
    expect(primary.answers.has(first)).toBe(true);
  });

  test("a primary that restarts reads once what it has on disk was acknowledged again: some of it had been", () => {
    const primary = replica(0, { mode: "semiSync" });
    primary.asked({ kind: "write", argument: 1 });
    primary.syncs();
    acknowledges(primary, 2, 1);
    primary.crashesAndRestarts();
    const read = primary.asked({});
    expect(primary.answers.has(read)).toBe(false);
    acknowledges(primary, 1, 1);
    expect(primary.answers.get(read)).toMatchObject({ value: 1 });
  });

  test("without an acknowledgement in time it goes on as in async, until a backup has caught up", () => {
    const primary = replica(0, { mode: "semiSync", semiSyncTimeoutMs: 300 });
    const write = (): number => {
      const request = primary.asked({ kind: "write", argument: 1 });
      primary.syncs();
      return request;
    };
    const [first, second] = [write(), write()];
    expect(primary.timersUs.get(TIMER.degrade)).toBe(300_000);
    primary.rings(TIMER.degrade);
    expect([first, second, write()].map((request) => primary.answers.has(request))).toEqual([true, true, true]);
    expect(primary.timersUs.has(TIMER.degrade)).toBe(false);
    acknowledges(primary, 1, 2);
    expect(primary.answers.has(write())).toBe(true);
    acknowledges(primary, 1, 4);
    expect(primary.answers.has(write())).toBe(false);
  });
});

describe("a lease", () => {
  const MS = 1_000;
  const LEASED = { leaseMs: 100, leaseMarginMs: 20 };
  const isServing = (of: Replica): boolean => of.answers.get(of.asked({}))?.outcome === "ok";

  test("is a majority's word, and ends before theirs by the margin, counted from when it was asked for", () => {
    const primary = replica(0, LEASED);
    const refused = primary.asked({ kind: "write", argument: 1 });
    expect(primary.answers.get(refused)).toEqual({ outcome: "refused", reason: "noLease" });
    primary.clockUs = 30 * MS;
    primary.hears(1, appended({ grantedAsOfUs: 10 * MS }));
    expect(isServing(primary)).toBe(true);
    primary.clockUs = 90 * MS - 1;
    expect(isServing(primary)).toBe(true);
    primary.clockUs = 90 * MS;
    expect(isServing(primary)).toBe(false);
  });

  test("a backup gives its word to one view at a time, and keeps it through a crash", () => {
    const backup = replica(2, LEASED);
    const wordTo = (view: number, atMs: number): number | undefined => {
      backup.clockUs = atMs * MS;
      backup.hears(view, append({ view, asOfUs: atMs * MS }));
      backup.syncs();
      const answer = messages(backup).at(-1);
      return answer?.type === "appended" ? answer.grantedAsOfUs : undefined;
    };
    expect([wordTo(0, 10), wordTo(1, 50), wordTo(1, 109), wordTo(1, 110)]).toEqual([10 * MS, -1, -1, 110 * MS]);
    backup.clockUs = 120 * MS;
    backup.crashesAndRestarts();
    expect(wordTo(3, 219)).toBe(-1);
    expect(wordTo(3, 220)).toBe(220 * MS);
  });

  test("a new primary waits as long as one may last before it serves", () => {
    const promoted = replica(1, LEASED);
    promoted.clockUs = 500 * MS;
    promoted.orders({ type: "promote", members: EVERYBODY });
    promoted.syncs();
    promoted.clockUs = 599 * MS;
    promoted.hears(2, appended({ view: 1, grantedAsOfUs: 590 * MS }));
    expect(isServing(promoted)).toBe(false);
    promoted.clockUs = 600 * MS;
    expect(isServing(promoted)).toBe(true);
  });

  test("is refused in a level when it could not live from one heartbeat to the next", () => {
    const problems = (settings: object): string[] =>
      leaseProblems(
        StoreConfig.parse({ kind: "store", on: ["oak"], protocol: "primaryBackup", dial: ["eventual"], ...settings }),
      );
    expect(problems({ lease: "2s", leaseMargin: "100ms", heartbeat: "150ms" })).toEqual([]);
    expect(problems({})).toEqual([]);
    expect(problems({ lease: "350ms", leaseMargin: "50ms", heartbeat: "150ms" })).toHaveLength(1);
    expect(problems({ lease: "2s", protocol: "raft" })).toHaveLength(1);
  });

  test("a write that becomes durable after its end is acknowledged only when there is a new one", () => {
    const primary = replica(0, LEASED);
    primary.hears(1, appended({ grantedAsOfUs: 0 }));
    const write = primary.asked({ kind: "write", argument: 1 });
    primary.clockUs = 80 * MS;
    primary.syncs();
    expect(primary.answers.has(write)).toBe(false);
    primary.hears(2, appended({ grantedAsOfUs: 70 * MS }));
    expect(primary.answers.has(write)).toBe(true);
  });
});

test("with fencing tokens a write counts once a majority of disks has checked its view, whatever the mode", () => {
  const primary = replica(0, { mode: "async", fencingTokens: true });
  const write = primary.asked({ kind: "write", argument: 1 });
  primary.syncs();
  expect(primary.answers.has(write)).toBe(false);
  primary.hears(2, appended({ index: 1 }));
  expect(primary.answers.has(write)).toBe(true);
});

test("answers to rounds from before a crash confirm no read after it", () => {
  const primary = replica(0, { mode: "sync" });
  for (let beats = 0; beats < 5; beats++) primary.rings(TIMER.heartbeat);
  primary.clockUs = 1_000_000;
  primary.crashesAndRestarts();
  const read = primary.asked({});
  for (const from of [1, 2]) primary.hears(from, appended({ round: 5 }));
  expect(primary.answers.has(read)).toBe(false);
});
