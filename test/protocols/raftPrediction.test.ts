import { describe, expect, test } from "vitest";
import type { ReplicationConfig, StopPrediction, Topology } from "../../shared/protocols/protocol.ts";
import { raft } from "../../shared/protocols/raft/raft.ts";
import { CONFIG } from "./weather.ts";

/** Replicas in zones in a row, 20 ms apart to the µs; the leader in the first, clients in the second. */
function predict(replicaZones: readonly number[], config: Partial<ReplicationConfig>): StopPrediction {
  const leg = (from: number, to: number): number => 20 * Math.abs(from - to);
  const topology: Topology = {
    replicaZones,
    clientZones: [1],
    legMsP50: leg,
    legMsP99: leg,
    readMs: 1,
    writeMs: 2,
    syncMs: 3,
    spread: "fixed",
  };
  return raft.predict(topology, { ...CONFIG, ...config });
}

describe("what Raft promises", () => {
  const readIndex = predict([0, 1, 2], { reads: "readIndex" });
  const lease = predict([0, 1, 2], { reads: "lease" });
  const follower = predict([0, 1, 2], { reads: "follower" });
  const eventual = predict([0, 1, 2], { stop: "eventual" });

  test("a read by lease saves the round trip of the leader to its quorum, and that quorum's work", () => {
    expect(readIndex.readMsP50 - lease.readMsP50).toBeCloseTo(40, 1);
    expect(readIndex.readCost - lease.readCost).toBe(2);
  });

  test("a read at a follower takes its way to the leader and the leader's to its quorum, and no work at the leader", () => {
    expect(follower.readMsP50 - eventual.readMsP50).toBeCloseTo(80, 1);
    expect(follower.readCost).toBe(3);
  });

  test("none of them serves reads that are cut off, and writes are the same to all", () => {
    for (const one of [readIndex, lease, follower]) {
      expect(one).toMatchObject({ cutOffReads: "refuses", cutOffWrites: "refuses", writeMsP50: readIndex.writeMsP50 });
    }
  });

  test("how a linearizable read is confirmed is nothing to the weaker stops", () => {
    expect(predict([0, 1, 2], { stop: "eventual", reads: "lease" })).toEqual(eventual);
    expect(predict([0, 1, 2], { stop: "eventual", reads: "follower" })).toEqual(eventual);
  });

  test("a spare costs nothing and is not asked", () => {
    expect(predict([0, 1, 2, 1], { spares: 1 })).toEqual(readIndex);
  });
});
