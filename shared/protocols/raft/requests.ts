import { recalled } from "../deduplication.ts";
import type { StoreRequest } from "../protocol.ts";
import { answerRead, writeAnswer } from "../registers.ts";
import { isMember } from "./configuration.ts";
import { appendEntry } from "./log.ts";
import { NOBODY } from "./messages.ts";
import { persist } from "./persistence.ts";
import { readAsFollower, readAsLeader, readInSession, sweepReads } from "./reads.ts";
import { replicate } from "./replication.ts";
import type { RaftIo, RaftState } from "./state.ts";

/**
 * A client's request: below linearizable any member reads for itself, all else is the leader's, unless followers are set
 * to read with its help. A replica that is no member has nothing to say.
 */
export function receiveRequest(state: RaftState, io: RaftIo, request: number, body: StoreRequest): void {
  if (state.whereabouts !== null) io.answer(request, { outcome: "refused", reason: "noLeader" });
  else if (body.kind === "read") read(state, io, request, body);
  else if (state.role === "leader") propose(state, io, request, body);
  else sendToLeader(state, io, request);
}

/** Reads that waited here in vain go to the leader, which has all. */
export function giveUpReads(state: RaftState, io: RaftIo): void {
  for (const read of sweepReads(state, io)) {
    if (state.role !== "leader") sendToLeader(state, io, read.request);
    else if (read.position === Infinity) readAsLeader(state, io, read);
    else io.answer(read.request, { outcome: "refused", reason: "tooStale" });
  }
}

function read(state: RaftState, io: RaftIo, request: number, { key, sessionPosition }: StoreRequest): void {
  const { stop, reads } = state.config;
  const isLinearizable = stop === "linearizable";
  const asksLeader = isLinearizable && reads === "follower" && state.leader !== NOBODY;
  if (state.role !== "leader" && !isMember(state, io.self)) sendToLeader(state, io, request);
  else if (stop === "eventual") answerRead(io, state.registers, { request, key });
  else if (stop === "session" || stop === "causal") readInSession(state, io, { request, key }, sessionPosition);
  else if (state.role === "leader") readAsLeader(state, io, { request, key });
  else if (asksLeader) readAsFollower(state, io, { request, key });
  else sendToLeader(state, io, request);
}

/**
 * Leader: takes a command into the log, to disk and to the followers, side by side; while it hands over to another it
 * takes none. Source: section 5.3; dissertation, sections 10.2.1 and 3.10.
 */
function propose(state: RaftState, io: RaftIo, request: number, command: StoreRequest): void {
  const before = recalled(state.registers.answered, command.operation);
  if (before !== 0) {
    io.answer(request, writeAnswer(before));
    return;
  }
  if (state.transferTo !== NOBODY) {
    io.answer(request, { outcome: "refused", reason: "steppedDown" });
    return;
  }
  const index = appendEntry(state, { term: state.currentTerm, command });
  state.writes.items.push({ request, index });
  persist(state, io);
  replicate(state, io);
}

function sendToLeader(state: RaftState, io: RaftIo, request: number): void {
  if (state.leader === NOBODY) io.answer(request, { outcome: "refused", reason: "noLeader" });
  else io.answer(request, { outcome: "redirect", to: state.leader });
}
