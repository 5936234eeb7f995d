import { overClients, servedAt } from "../prediction.ts";
import type { Protocol, StopPrediction, Topology } from "../protocol.ts";
import { convertAll } from "./changes.ts";
import type { GossipMessage } from "./messages.ts";
import { applyUpdate, arrive, finishSync, receiveRequest } from "./requests.ts";
import { beginRound, noteHeard, receiveAsk, setRoundTimer, takeIn } from "./rounds.ts";
import { createState, type GossipState } from "./state.ts";
import { gossipTelling } from "./telling.ts";

/**
 * Replicas that answer at once from what they hold, and spread it by gossip. Keys hold convergent data types, so whoever
 * has heard the same holds the same: every side of a partition serves, and what it took is merged when the network heals.
 * How soon others hear of a change is a matter of rounds, and grows with the logarithm of the number of replicas.
 */
export const gossip: Protocol<GossipState, GossipMessage> = {
  name: "gossip",
  about: "No leader and no quorum: each replica answers at once, tells others in rounds, and merges what it is told.",
  source:
    "Demers et al. 1987, Epidemic algorithms for replicated database maintenance, section 1; " +
    "Shapiro et al. 2011, Conflict-free replicated data types, section 3",
  ordered: false,
  stops: ["eventual"],

  start(io, config) {
    const state = createState(io, config, 0);
    setRoundTimer(state, io, io.random());
    return state;
  },

  recover(state, io, diskLost) {
    const restarted = createState(io, state.config, state.life + (diskLost ? 1 : 0));
    setRoundTimer(restarted, io, io.random());
    if (diskLost) return restarted;
    const { entries, changes, position, answered, lives, heard, told } = state;
    return { ...restarted, entries, changes, position, answered, lives, heard, told };
  },

  receive(state, io, from, message) {
    if (message.type === "ask") return receiveAsk(state, io, from, message);
    noteHeard(state, from, message);
    if (message.type === "heard") return;
    if (message.entries.length === 0) takeIn(state, io, from, message);
    else arrive(state, io, { type: "news", from, news: message });
  },

  timer(state, io) {
    beginRound(state, io);
  },

  synced(state, io) {
    for (const arrival of finishSync(state, io)) {
      if (arrival.type === "news") takeIn(state, io, arrival.from, arrival.news);
      else applyUpdate(state, io, arrival.request, arrival.body);
    }
  },

  request: receiveRequest,

  configure(state, io, config) {
    const isOther = config.gossip.intervalMs !== state.config.gossip.intervalMs;
    if (config.data !== state.config.data) convertAll(state, config.data);
    state.config = config;
    if (isOther) setRoundTimer(state, io, io.random());
  },

  command() {
    return false;
  },

  status(state) {
    return { role: "replica", term: 0, position: state.position, follows: -1 };
  },

  telling: gossipTelling,

  payload(message) {
    return message.type === "news" ? message.entries.length : 0;
  },

  predict(topology: Topology): StopPrediction {
    const { replicaZones, readMs, writeMs, syncMs } = topology;
    const after = (fixedMs: number, workMs: number) =>
      overClients(topology, (client, entry) => {
        return { fixedMs, legs: servedAt(topology, { client, entry, server: entry }, workMs) };
      });
    const [read, write] = [after(0, readMs), after(syncMs, writeMs)];
    return {
      readMsP50: read.p50,
      readMsP99: read.p99,
      writeMsP50: write.p50,
      writeMsP99: write.p99,
      cutOffReads: "serves",
      cutOffWrites: "serves",
      readCost: 1,
      writeCost: replicaZones.length,
    };
  },
};
