import { describe, expect, test } from "vitest";
import { leaseProblems, StoreConfig } from "../../shared/components/store/config.ts";
import type { Append, Appended, Entry, PrimaryBackupMessage } from "../../shared/protocols/primaryBackup/messages.ts";
import { primaryBackup } from "../../shared/protocols/primaryBackup/primaryBackup.ts";
import { TIMER, type PrimaryBackupState } from "../../shared/protocols/primaryBackup/state.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { LoneReplica } from "./loneReplica.ts";

type Replica = LoneReplica<PrimaryBackupState, PrimaryBackupMessage>;
const EVERYBODY = [0, 1, 2];

/** Replica 0 of three, the first primary; or another one, a backup. */
function replica(self: number, config: Partial<ReplicationConfig> = {}): Replica {
  return new LoneReplica({ protocol: primaryBackup, self, replicas: 3, config });
}
const entry = (view: number, value: number): Entry => ({
  view,
  write: { operation: value, kind: "write", key: 1, argument: value, expected: null, sessionPosition: 0 },
});
const append = (change: Partial<Append>): Append => ({
  type: "append",
  view: 0,
  previousIndex: 0,
  previousView: -1,
  entries: [],
  committedIndex: 0,
  inheritedIndex: 0,
  round: 1,
  asOfUs: 0,
  ...change,
});
const appended = (change: Partial<Appended>): Appended => ({
  type: "appended",
  view: 0,
  success: true,
  index: 0,
  round: 1,
  grantedAsOfUs: -1,
  ...change,
});
const messages = (of: Replica): PrimaryBackupMessage[] => of.sent().map(({ message }) => message);
const valuesIn = (of: Replica): (number | null)[] => of.state.log.map(({ write }) => write.argument);

describe("a view", () => {
  test("is announced by its primary once it is durable, and a crash before that undoes it", () => {
    const promoted = replica(1);
    promoted.orders({ type: "promote", members: EVERYBODY });
    promoted.rings(TIMER.heartbeat);
    expect(promoted.sent()).toEqual([]);
    promoted.crashesAndRestarts();
    expect(promoted.state).toMatchObject({ view: 0, leading: false });
    promoted.orders({ type: "promote", members: EVERYBODY });
    promoted.syncs();
    expect(messages(promoted)).toMatchObject([{ view: 1 }, { view: 1 }]);
    promoted.crashesAndRestarts();
    expect(promoted.state).toMatchObject({ view: 1, leading: true });
  });

  test("is acknowledged by a backup once it is durable, so that it never confirms an older one again", () => {
    const backup = replica(2);
    backup.hears(1, append({ view: 1 }));
    expect(backup.sent()).toEqual([]);
    backup.syncs();
    expect(messages(backup)).toMatchObject([{ type: "appended", view: 1, success: true }]);
    backup.crashesAndRestarts();
    backup.hears(0, append({ view: 0 }));
    expect(messages(backup)).toMatchObject([{ view: 1, success: false }]);
  });

  test("belongs to one replica: two that are promoted apart lead different views", () => {
    const views = [1, 2].map((self) => {
      const promoted = replica(self);
      promoted.orders({ type: "promote", members: EVERYBODY });
      return promoted.state.view;
    });
    expect(views).toEqual([1, 2]);
  });

  test("ends when a later one is heard of: reads that waited are refused, writes are never answered", () => {
    const old = replica(0, { mode: "sync" });
    const read = old.asked({});
    const write = old.asked({ kind: "write", argument: 1 });
    old.hears(2, appended({ view: 1, success: false, index: 0 }));
    expect(old.state).toMatchObject({ leading: false, primary: 1 });
    expect(old.answers.get(read)).toEqual({ outcome: "refused", reason: "steppedDown" });
    expect(old.answers.has(write)).toBe(false);
  });
});

describe("the log", () => {
  test("is sent only as far as it is durable, so no backup has what its primary could lose in a crash", () => {
    const primary = replica(0);
    primary.asked({ kind: "write", argument: 1 });
    primary.rings(TIMER.heartbeat);
    expect(messages(primary)).toMatchObject([{ entries: [] }, { entries: [] }]);
    primary.syncs();
    expect(messages(primary)).toMatchObject([{ entries: { length: 1 } }, { entries: { length: 1 } }]);
  });

  test("loses what the new primary never had as soon as its view is heard of, and what that had done is undone", () => {
    const old = replica(0);
    for (const value of [1, 2]) old.asked({ kind: "write", argument: value });
    old.syncs();
    old.hears(1, append({ view: 1, previousIndex: 1, previousView: 0, committedIndex: 1, inheritedIndex: 1 }));
    expect(valuesIn(old)).toEqual([1]);
    expect(old.state.registers.values.get(1)).toBe(1);
  });

  test("keeps what comes twice or late", () => {
    const backup = replica(2);
    backup.hears(0, append({ entries: [entry(0, 1), entry(0, 2)] }));
    backup.hears(0, append({ entries: [entry(0, 1)] }));
    expect(valuesIn(backup)).toEqual([1, 2]);
  });
});

describe("mode sync", () => {
  test("a write is acknowledged when every member has it on disk", () => {
    const primary = replica(0, { mode: "sync" });
    const write = primary.asked({ kind: "write", argument: 1 });
    primary.syncs();
    primary.hears(1, appended({ index: 1 }));
    expect(primary.answers.has(write)).toBe(false);
    primary.hears(2, appended({ index: 1 }));
    expect(primary.answers.get(write)).toMatchObject({ outcome: "ok", position: 1 });
  });

  test("a member that has less than it told before has lost its disk, and counts no more", () => {
    const primary = replica(0, { mode: "sync" });
    const write = primary.asked({ kind: "write", argument: 1 });
    primary.syncs();
    primary.hears(1, appended({ index: 1 }));
    primary.hears(1, appended({ success: false, index: 0 }));
    primary.hears(2, appended({ index: 1 }));
    expect(primary.answers.has(write)).toBe(false);
  });

  test("a new primary reads only after every member has what it inherited", () => {
    const promoted = replica(1, { mode: "sync" });
    promoted.hears(0, append({ entries: [entry(0, 1)] }));
    promoted.orders({ type: "promote", members: EVERYBODY });
    promoted.syncs();
    const read = promoted.asked({});
    for (const from of [0, 2]) {
      promoted.hears(from, appended({ view: 1, index: 0, round: 9 }));
    }
    expect(promoted.answers.has(read)).toBe(false);
    for (const from of [0, 2]) {
      promoted.hears(from, appended({ view: 1, index: 1, round: 9 }));
    }
    expect(promoted.answers.get(read)).toMatchObject({ outcome: "ok", value: 1 });
  });
});

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
