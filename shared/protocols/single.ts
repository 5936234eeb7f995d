import { dropFirst, firstOf, createFifo, type Fifo } from "./fifo.ts";
import { recalled } from "./deduplication.ts";
import { overClients, servedAt, workersFor } from "./prediction.ts";
import type { Protocol, ReplicaIo, ReplicationConfig, StopPrediction, StoreRequest, Topology } from "./protocol.ts";
import { answerRead, applyCommand, createRegisters, writeAnswer, type Registers } from "./registers.ts";
import type { Telling } from "./telling.ts";

/** One machine and its disk. Replicas exchange nothing. */
export interface SingleState {
  config: ReplicationConfig;
  /** Writes in the order they came; a crash keeps the first `durableIndex`. */
  log: StoreRequest[];
  durableIndex: number;
  /** Length of the log that the sync under way takes along; 0 when there is none. */
  syncingIndex: number;
  registers: Registers;
  /** Requests whose writes are not durable yet, in the order of the log. */
  readonly writes: Fifo<{ readonly request: number; readonly index: number }>;
}

type SingleIo = ReplicaIo<never>;

/** Replicas that never say anything. */
const SILENT: Telling<never> = {
  describe: () => "",
  carries: () => false,
  answers: () => false,
  isOfOneRequest: () => false,
};

/**
 * No replication: the replica `config.primary` holds the only copy. A write is applied and answered once it is durable, so
 * that nobody reads what a crash could take back. Linearizable, and gone while the machine is gone.
 */
export const single: Protocol<SingleState, never> = {
  name: "single",
  about: "One copy on one machine: always right, and gone while that machine is.",
  source: "Herlihy & Wing 1990, Linearizability, section 2",
  simplified: ["The log is kept whole; a copy whose disk is lost starts empty."],
  ordered: true,
  stops: ["linearizable"],

  start(_io, config) {
    return createState(config);
  },

  recover(state, _io, diskLost) {
    const restarted = createState(state.config);
    if (diskLost) return restarted;
    restarted.log = state.log.slice(0, state.durableIndex);
    restarted.durableIndex = state.durableIndex;
    restarted.log.forEach((command, place) => applyCommand(restarted.registers, place + 1, command));
    return restarted;
  },

  receive() {},

  timer() {},

  synced(state, io) {
    state.durableIndex = state.syncingIndex;
    state.syncingIndex = 0;
    if (state.log.length > state.durableIndex) sync(state, io);
    for (let index = state.registers.appliedIndex + 1; index <= state.durableIndex; index++) {
      const answer = applyCommand(state.registers, index, state.log[index - 1] ?? null);
      const waiting = firstOf(state.writes);
      if (waiting?.index !== index) continue;
      dropFirst(state.writes);
      io.answer(waiting.request, answer);
    }
  },

  request(state, io, request, body) {
    const { primary } = state.config;
    const before = recalled(state.registers.answered, body.operation);
    if (io.self !== primary) io.answer(request, { outcome: "redirect", to: primary });
    else if (body.kind === "read") answerRead(io, state.registers, { request, key: body.key });
    else if (before !== 0) io.answer(request, writeAnswer(before));
    else {
      state.writes.items.push({ request, index: state.log.push(body) });
      if (state.syncingIndex === 0) sync(state, io);
    }
  },

  configure(state, _io, config) {
    state.config = config;
  },

  command() {
    return false;
  },

  status(state) {
    return { role: "single", term: 0, position: state.registers.appliedIndex, follows: -1 };
  },

  registers(state) {
    return state.registers;
  },

  telling: SILENT,

  payload() {
    return 0;
  },

  predict(topology: Topology, config: ReplicationConfig): StopPrediction {
    const { primary: server } = config;
    const { readMs, writeMs, syncMs } = topology;
    const read = overClients(topology, (client, entry) => ({
      fixedMs: 0,
      legs: servedAt(topology, { client, entry, server }, readMs),
    }));
    const write = overClients(topology, (client, entry) => ({
      fixedMs: syncMs,
      legs: servedAt(topology, { client, entry, server }, writeMs),
    }));
    const workers = workersFor(topology, server);
    return {
      readMsP50: read.p50,
      readMsP99: read.p99,
      writeMsP50: write.p50,
      writeMsP99: write.p99,
      cutOffReads: "refuses",
      cutOffWrites: "refuses",
      readCost: workers,
      writeCost: workers,
    };
  },
};

function createState(config: ReplicationConfig): SingleState {
  return {
    config,
    log: [],
    durableIndex: 0,
    syncingIndex: 0,
    registers: createRegisters(),
    writes: createFifo(),
  };
}

function sync(state: SingleState, io: SingleIo): void {
  state.syncingIndex = state.log.length;
  io.sync(0);
}
