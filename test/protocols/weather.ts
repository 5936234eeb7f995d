import type { Ms } from "../../shared/core/time.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";

/** A network and disks as bad as a test wants them. Every number is per message or per sync. */
export interface Weather {
  readonly delayMsMin: Ms;
  readonly delayMsMax: Ms;
  readonly loss: number;
  readonly duplication: number;
  readonly syncMsMax: Ms;
  /** Clocks of the replicas are off by up to this, either way. */
  readonly skewMsMax: Ms;
}

/** Every message arrives once, after 10 ms; every sync takes 1 ms; every clock is right. */
export const FAIR_WEATHER: Weather = {
  delayMsMin: 10,
  delayMsMax: 10,
  loss: 0,
  duplication: 0,
  syncMsMax: 1,
  skewMsMax: 0,
};

/** Messages take 1 to 40 ms and overtake each other, one in twenty is lost, one in twenty comes twice. */
export const FOUL_WEATHER: Weather = {
  delayMsMin: 1,
  delayMsMax: 40,
  loss: 0.05,
  duplication: 0.05,
  syncMsMax: 8,
  skewMsMax: 2,
};

/** Settings that the tests change in part. */
export const CONFIG: ReplicationConfig = {
  stop: "linearizable",
  boundMs: 200,
  mode: "async",
  ackedBackups: 1,
  semiSyncTimeoutMs: 300,
  leaseMs: 0,
  leaseMarginMs: 20,
  fencingTokens: false,
  readQuorum: 1,
  writeQuorum: 1,
  hintedHandoff: true,
  readRepair: true,
  hintWindowMs: 60_000,
  standIns: 0,
  antiEntropyMs: 0,
  conflict: "lastWriteWins",
  data: "lwwRegister",
  gossip: { style: "pushPull", fanout: 1, intervalMs: 50 },
  primary: 0,
  electionTimeoutMs: 250,
  heartbeatMs: 50,
  spares: 0,
  snapshotEvery: 0,
  preVote: false,
  reads: "readIndex",
  leaseMarginPpm: 1_000,
  requestTimeoutMs: 600,
};
