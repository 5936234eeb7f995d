import { describe, expect, test } from "vitest";
import { checkers } from "../../shared/checkers/registry.ts";
import { judge } from "../../shared/checkers/judge.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { raft } from "../../shared/protocols/raft/raft.ts";
import { TIMER } from "../../shared/protocols/raft/state.ts";
import { Clients, CLIENTS } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { append, appended, entriesOf, follower, leader, messages, requestVote, type Replica } from "./raftAlone.ts";
import { FOUL_WEATHER } from "./weather.ts";

/** Election timeout 250 ms, of which a hundredth goes for clocks: a lease of 247.5 ms. */
const LEASE: Partial<ReplicationConfig> = { reads: "lease", leaseMarginPpm: 10_000 };

/** A leader of three at 0 µs of its clock, its no-op committed in a round that began then. */
function leaseholder(config = LEASE): Replica {
  const replica = leader({ config });
  replica.syncs();
  replica.hears(0, appended({ index: 1, round: replica.state.progress.round }));
  replica.sent();
  return replica;
}

describe("dissertation, section 6.4.1, reads by lease", () => {
  test("while the lease lasts a leader answers at once and asks nobody", () => {
    const replica = leaseholder();
    replica.clockUs = 247_000;
    const read = replica.asked({});
    expect(replica.answers.get(read)).toMatchObject({ outcome: "ok", value: null });
    expect(replica.sent()).toEqual([]);
  });

  test("after it the leader has the read confirmed", () => {
    const replica = leaseholder();
    replica.clockUs = 248_000;
    const read = replica.asked({});
    expect(replica.answers.has(read)).toBe(false);
    replica.hears(0, appended({ index: 1, round: replica.state.progress.round }));
    expect(replica.answers.has(read)).toBe(true);
  });

  test("it counts from the start of the round that a majority answered, not from the answers", () => {
    const replica = leaseholder();
    replica.clockUs = 100_000;
    replica.rings(TIMER.heartbeat);
    replica.clockUs = 300_000;
    replica.hears(2, appended({ index: 1, round: replica.state.progress.round }));
    replica.clockUs = 347_000;
    const inTime = replica.asked({});
    replica.clockUs = 348_000;
    const late = replica.asked({});
    expect(replica.answers.has(inTime)).toBe(true);
    expect(replica.answers.has(late)).toBe(false);
  });

  test("a new leader does not rest on it before its no-op is committed", () => {
    const replica = leader({ config: LEASE, term: 2, log: entriesOf(1) });
    replica.hears(0, appended({ term: 2, index: 1, round: replica.state.progress.round }));
    const read = replica.asked({});
    expect(replica.answers.has(read)).toBe(false);
  });

  test("who answered a leader helps to elect nobody for an election timeout, not even after a restart", () => {
    const replica = follower({ config: LEASE });
    replica.hears(0, append({}));
    replica.syncs();
    replica.crashesAndRestarts();
    replica.clockUs += 200_000;
    replica.hears(2, requestVote({ term: 2 }));
    expect(replica.state.currentTerm).toBe(1);
    replica.clockUs += 60_000;
    replica.hears(2, requestVote({ term: 2 }));
    expect(replica.state.votedFor).toBe(2);
  });

  test("a leader that asked another to take over gave up its lease", () => {
    const replica = leaseholder();
    replica.orders({ type: "transfer", to: 0 });
    const read = replica.asked({});
    expect(replica.answers.has(read)).toBe(false);
    replica.rings(TIMER.transfer);
    const later = replica.asked({});
    expect(replica.answers.has(later)).toBe(false);
  });

  test.each([
    { clock: "at half the speed", readsAtUs: 150_000 },
    { clock: "that was set back by a minute", readsAtUs: -60_000 },
  ])("a clock $clock makes the leader answer when others may lead", ({ readsAtUs }) => {
    const replica = leaseholder();
    // Three hundred true milliseconds later.
    replica.clockUs = readsAtUs;
    const read = replica.asked({});
    expect(replica.answers.has(read)).toBe(true);
  });
});

describe("a leader that is cut off from the others, but not from its clients", () => {
  /** What busy clients see until it has stepped down, its clock set back by a second as the cut begins. */
  function isStale(
    config: Partial<ReplicationConfig>,
    { seed, clockErrorMs }: { seed: number; clockErrorMs: number },
  ): boolean {
    const cluster = new Cluster({ protocol: raft, replicas: 3, seed: String(seed), config, weather: FOUL_WEATHER });
    const busy = { sessions: 12, keys: 1, thinkMsMax: 5, timeoutMs: 60 };
    const clients = new Clients(cluster, { ...CLIENTS, ...busy, seed: String(seed) });
    cluster.run(600);
    const leader = [0, 1, 2].find((replica) => cluster.status(replica).role === "leader") ?? 0;
    cluster.partition([leader]);
    cluster.setSkew(leader, clockErrorMs);
    cluster.run(600);
    return judge(checkers.linearizable, clients.history()).outcome === "invalid";
  }
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);

  test("answers from the past in some runs, if it trusts a lease and its clock is set back", () => {
    expect(seeds.some((seed) => isStale(LEASE, { seed, clockErrorMs: -1_000 }))).toBe(true);
  });

  test("never does with a clock that is right", () => {
    expect(seeds.filter((seed) => isStale(LEASE, { seed, clockErrorMs: 0 }))).toEqual([]);
  });

  test("never does with a read index, whatever its clock says", () => {
    expect(seeds.filter((seed) => isStale({}, { seed, clockErrorMs: -1_000 }))).toEqual([]);
  });
});

describe("dissertation, section 6.4, reads at followers", () => {
  const AT_FOLLOWERS = { config: { reads: "follower" } as const };

  test("a follower asks the leader for a read index, and answers once it has applied that far", () => {
    const replica = follower(AT_FOLLOWERS);
    replica.hears(0, append({ entries: entriesOf(1) }));
    replica.syncs();
    replica.sent();
    const request = replica.asked({});
    expect(replica.sent()).toEqual([{ to: 0, message: { type: "readIndex", term: 1, request } }]);
    replica.hears(0, { type: "readIndexAnswer", term: 1, request, readIndex: 1 });
    expect(replica.answers.has(request)).toBe(false);
    replica.hears(0, append({ prevLogIndex: 1, prevLogTerm: 1, leaderCommit: 1 }));
    expect(replica.answers.get(request)).toMatchObject({ outcome: "ok", value: 1 });
  });

  test("the leader tells it only after a majority confirmed that it still leads", () => {
    const replica = leader(AT_FOLLOWERS);
    replica.syncs();
    replica.hears(0, appended({ index: 1, round: replica.state.progress.round }));
    replica.sent();
    replica.hears(2, { type: "readIndex", term: 1, request: 5 });
    expect(messages(replica).every(({ type }) => type === "appendEntries")).toBe(true);
    replica.hears(0, appended({ index: 1, round: replica.state.progress.round }));
    expect(messages(replica)).toContainEqual({ type: "readIndexAnswer", term: 1, request: 5, readIndex: 1 });
  });

  test("a follower that gets no answer sends its reads on to the leader", () => {
    const replica = follower(AT_FOLLOWERS);
    replica.hears(0, append({}));
    const request = replica.asked({});
    for (let sweep = 0; sweep < 2; sweep++) replica.rings(TIMER.sweep);
    expect(replica.answers.get(request)).toEqual({ outcome: "redirect", to: 0 });
  });

  test("one that was elected meanwhile has them confirmed itself", () => {
    const replica = follower(AT_FOLLOWERS);
    replica.hears(0, append({}));
    const request = replica.asked({});
    replica.rings(TIMER.election);
    replica.syncs();
    replica.hears(2, { type: "vote", term: 2, voteGranted: true });
    for (let sweep = 0; sweep < 2; sweep++) replica.rings(TIMER.sweep);
    replica.syncs();
    replica.hears(2, appended({ term: 2, index: 1, round: replica.state.progress.round }));
    expect(replica.answers.get(request)).toMatchObject({ outcome: "ok" });
  });

  test("one that knows no leader refuses", () => {
    const replica = follower(AT_FOLLOWERS);
    expect(replica.answers.get(replica.asked({}))).toEqual({ outcome: "refused", reason: "noLeader" });
  });
});
