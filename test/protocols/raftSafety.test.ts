import { describe, expect, test } from "vitest";
import { invariant } from "../../shared/core/invariant.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import { judge } from "../../shared/checkers/judge.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import type { RaftMessage } from "../../shared/protocols/raft/messages.ts";
import { raft } from "../../shared/protocols/raft/raft.ts";
import type { RaftState } from "../../shared/protocols/raft/state.ts";
import { Clients, CLIENTS } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { watchRaft } from "../../shared/protocols/raft/invariants.ts";
import { membershipChange, oneDiskLost, transfer } from "./raftTroubles.ts";
import { failures } from "./replay.ts";
import { endTroubles, trouble, TROUBLES, type Trouble } from "./troubles.ts";
import { FOUL_WEATHER } from "./weather.ts";

const FILE = "raftSafety.test.ts";
/** A quarter of what is asked must be answered right in the middle of all that, or the schedules would prove little. */
const totals = { ok: 0, asked: 0, terms: 0, changes: 0, messages: new Map<RaftMessage["type"], number>() };

/** Raft, and a count of the messages that arrive. */
const countedRaft: typeof raft = {
  ...raft,
  receive(state, io, from, message) {
    totals.messages.set(message.type, (totals.messages.get(message.type) ?? 0) + 1);
    raft.receive(state, io, from, message);
  },
};

/** How a group stands, and what may happen to it. */
interface Setup {
  readonly replicas: number;
  readonly config?: Partial<ReplicationConfig>;
  readonly troubles?: readonly Trouble[];
}

/** Small snapshots, soon; everything else as in production. */
const COMPACT: Partial<ReplicationConfig> = { snapshotEvery: 12 };
const ALL_TROUBLES = [...TROUBLES, transfer, membershipChange, membershipChange];

/** Six seconds of trouble in which safety is watched, then peace, in which the cluster must come back to life. */
function soak(seed: string, { replicas, config = {}, troubles = TROUBLES }: Setup): void {
  const cluster = new Cluster({ protocol: countedRaft, replicas, seed, config, weather: FOUL_WEATHER });
  const watch = watchRaft(cluster);
  cluster.afterEvent = watch.check;
  const clients = new Clients(cluster, {
    ...CLIENTS,
    seed,
    kinds: ["read", "write", "write", "cas"],
    attempts: 3,
  });
  trouble(cluster, seed, { troubles, forMs: 6_000 });
  cluster.run(6_000);

  endTroubles(cluster);
  invariant(
    cluster.runUntil(() => hasAgreed(cluster), 20_000),
    "liveness: nobody is elected after healing",
  );
  const before = clients.count("ok");
  invariant(
    cluster.runUntil(() => clients.count("ok") > before + 10, 10_000),
    "liveness: no answers after healing",
  );
  clients.close();
  const verdict = judge(checkers.linearizable, clients.history());
  invariant(verdict.outcome === "valid", `linearizability: ${JSON.stringify(verdict)}`);
  totals.ok += clients.count("ok");
  totals.asked += clients.history().length;
  totals.terms = Math.max(totals.terms, cluster.status(0).term);
  totals.changes += watch.committed.changesOfMembership();
}

/** One leader, whom all members follow in its term. */
function hasAgreed(cluster: Cluster<RaftState, RaftMessage>): boolean {
  const states = Array.from({ length: cluster.replicas }, (_, replica) => cluster.state(replica));
  const leader = states.find(({ role, members, self }) => role === "leader" && members.includes(self));
  if (leader === undefined) return false;
  return leader.members.every((member) => {
    const { currentTerm, leader: followed } = states[member]!;
    return currentTerm === leader.currentTerm && followed === leader.self;
  });
}

describe("Raft in random schedules", () => {
  test("three replicas keep the five safety properties, answer linearizably, and go on after healing", () => {
    expect(failures(FILE, 60, (seed) => soak(seed, { replicas: 3 }))).toEqual([]);
  });

  test("five replicas keep them as well", () => {
    expect(failures(FILE, 30, (seed) => soak(`five/${seed}`, { replicas: 5 }))).toEqual([]);
  });

  test("one replica alone is a cluster", () => {
    expect(failures(FILE, 5, (seed) => soak(`one/${seed}`, { replicas: 1 }))).toEqual([]);
  });

  test("a replica that loses its disk takes part again without breaking what it had promised", () => {
    const troubles = [oneDiskLost, oneDiskLost, ...TROUBLES];
    expect(failures(FILE, 20, (seed) => soak(`disk/${seed}`, { replicas: 3, troubles }))).toEqual([]);
  });

  test("logs that are shortened all the time keep them, with disks lost too", () => {
    const troubles = [oneDiskLost, ...TROUBLES];
    expect(failures(FILE, 40, (seed) => soak(`compact/${seed}`, { replicas: 3, config: COMPACT, troubles }))).toEqual(
      [],
    );
  });

  test("whoever may win is asked first: pre-vote changes nothing about safety", () => {
    const config = { ...COMPACT, preVote: true };
    expect(failures(FILE, 30, (seed) => soak(`preVote/${seed}`, { replicas: 5, config }))).toEqual([]);
  });

  test("leaders hand over in the middle of it", () => {
    const troubles = [transfer, transfer, ...TROUBLES];
    expect(failures(FILE, 20, (seed) => soak(`transfer/${seed}`, { replicas: 3, troubles }))).toEqual([]);
  });

  test.each([false, true])("replicas are added and taken out all the time, pre-vote %s", (preVote) => {
    const setup = { replicas: 5, config: { ...COMPACT, preVote, spares: 2 }, troubles: ALL_TROUBLES };
    expect(failures(FILE, 40, (seed) => soak(`members/${preVote}/${seed}`, setup))).toEqual([]);
  });

  test("and a disk is lost at times while they are", () => {
    const setup = { replicas: 4, config: { ...COMPACT, spares: 1 }, troubles: [...ALL_TROUBLES, oneDiskLost] };
    expect(failures(FILE, 30, (seed) => soak(`members/disk/${seed}`, setup))).toEqual([]);
  });

  test.each(["lease", "follower"] as const)("reads by %s are linearizable through all of it", (reads) => {
    const setup = { replicas: 4, config: { ...COMPACT, reads, spares: 1 }, troubles: ALL_TROUBLES };
    expect(failures(FILE, 30, (seed) => soak(`${reads}/${seed}`, setup))).toEqual([]);
  });

  test("the schedules were eventful, and most questions were answered all the same", () => {
    if (process.env["SEED"] !== undefined) return;
    const came = (type: RaftMessage["type"]): number => totals.messages.get(type) ?? 0;
    expect(came("diskLost")).toBeGreaterThan(30);
    expect(came("installSnapshot")).toBeGreaterThan(100);
    expect(came("timeoutNow")).toBeGreaterThan(30);
    expect(came("requestPreVote")).toBeGreaterThan(100);
    expect(came("readIndexAnswer")).toBeGreaterThan(100);
    expect(totals.changes).toBeGreaterThan(100);
    expect(totals.terms).toBeGreaterThan(5);
    expect(totals.ok / totals.asked).toBeGreaterThan(1 / 4);
  });
});
