import { msOf, type Ms } from "../../shared/core/time.ts";
import { raft } from "../../shared/protocols/raft/raft.ts";
import { Cluster } from "../protocols/cluster.ts";
import { FAIR_WEATHER } from "../protocols/weather.ts";

/** Replicas whose leader is gone, and maybe others; all that are left heard its last heartbeat at the same moment. */
export interface ElectionSetup {
  readonly replicas: number;
  readonly alive: number;
  /** Election timeouts are drawn from this to twice that. */
  readonly electionTimeoutMs: Ms;
  readonly latencyMsMin: Ms;
  readonly latencyMsMax: Ms;
  readonly elections: number;
  readonly seed: string;
}

export interface ElectionFigures {
  /** Share of those whose first term elected nobody. */
  readonly split: number;
  /** From the last heartbeat to a majority of votes. */
  readonly meanMs: Ms;
  readonly msP50: Ms;
  readonly msP999: Ms;
}

/** Patience with one election: by then somebody has won, whatever the luck. */
const PATIENCE_MS = 1_000_000;

/** Lets real replicas elect a leader again and again, each time from the beginning and with luck of its own. */
export function runElections(setup: ElectionSetup): ElectionFigures {
  const tookMs: Ms[] = [];
  let splits = 0;
  for (let election = 0; election < setup.elections; election++) {
    const { term, atMs } = elect(setup, `${setup.seed}/${election}`);
    tookMs.push(atMs);
    if (term > 1) splits += 1;
  }
  tookMs.sort((a, b) => a - b);
  const at = (share: number): Ms => tookMs[Math.floor(share * tookMs.length)]!;
  const meanMs = tookMs.reduce((sum, ms) => sum + ms, 0) / tookMs.length;
  return { split: splits / setup.elections, meanMs, msP50: at(0.5), msP999: at(0.999) };
}

/** Everybody's timer runs from the start; those who are gone, whoever was to lead first among them, never ask. */
function elect(setup: ElectionSetup, seed: string): { readonly term: number; readonly atMs: Ms } {
  const { replicas, alive, electionTimeoutMs, latencyMsMin, latencyMsMax } = setup;
  const weather = { ...FAIR_WEATHER, delayMsMin: latencyMsMin, delayMsMax: latencyMsMax, syncMsMax: 0 };
  // Nobody stands before its time when the one that would is gone, or is nobody.
  const config = { electionTimeoutMs, primary: alive === replicas ? replicas : 0 };
  const cluster = new Cluster({ protocol: raft, replicas, seed, config, weather });
  const gone = replicas - alive;
  for (let replica = 0; replica < gone; replica++) cluster.crash(replica);
  let leader = -1;
  const isElected = (): boolean => {
    for (let replica = gone; replica < replicas; replica++)
      if (cluster.state(replica).role === "leader") leader = replica;
    return leader >= 0;
  };
  cluster.runUntil(isElected, PATIENCE_MS);
  return { term: cluster.state(leader).currentTerm, atMs: msOf(cluster.nowUs) };
}
