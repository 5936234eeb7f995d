import { journeyOf } from "../../sim/idempotencyKey.ts";
import { describeWrites, includesWrite, type FollowedWrite, type Telling } from "../telling.ts";
import type { AppendEntries, RaftMessage, Snapshot } from "./messages.ts";

/** What the members of a Raft group say: the names of the RPCs in figure 2, and what is in them. */
export const raftTelling: Telling<RaftMessage> = {
  describe(message) {
    switch (message.type) {
      case "requestVote":
        return `RequestVote, term ${message.term}`;
      case "vote":
        return message.voteGranted ? `vote, term ${message.term}` : `no vote, term ${message.term}`;
      case "requestPreVote":
        return `PreVote? term ${message.term}`;
      case "preVote":
        return message.voteGranted ? `pre-vote, term ${message.term}` : `no pre-vote, term ${message.term}`;
      case "appendEntries":
        if (message.entries.length === 0) return `AppendEntries: heartbeat, term ${message.term}`;
        return `AppendEntries ${lastIndexOf(message)}: ${describeWrites(commandsOf(message))}`;
      case "appended":
        return message.success ? `ack ${message.index}` : `no: mine ends at ${message.index}`;
      case "installSnapshot":
        return `InstallSnapshot up to ${message.snapshot.lastIncludedIndex}, ${message.rows} rows`;
      case "snapshotReceived":
        return `has ${message.rows} rows`;
      case "timeoutNow":
        return `TimeoutNow, term ${message.term}`;
      case "readIndex":
        return "ReadIndex?";
      case "readIndexAnswer":
        return `ReadIndex ${message.readIndex}`;
      case "diskLost":
        return "my disk is lost";
      case "whereabouts":
        return `I am in term ${message.term}`;
    }
  },

  carries(message, write) {
    if (message.type === "appendEntries") return includesWrite(commandsOf(message), write);
    return message.type === "installSnapshot" && message.rows > 0 && isIn(message.snapshot, write);
  },

  answers(answer, question) {
    if (answer.type === "readIndexAnswer") return question.type === "readIndex" && answer.request === question.request;
    if (answer.type !== "appended") return false;
    if (question.type === "installSnapshot") return answer.success && answer.index >= question.snapshot.lastIncludedIndex;
    if (question.type !== "appendEntries" || answer.term !== question.term) return false;
    if (question.entries.length === 0) return answer.round >= question.round;
    return answer.success && answer.index >= lastIndexOf(question);
  },

  isOfOneRequest(message) {
    if (message.type === "appendEntries") return message.entries.length === 0;
    return message.type === "readIndex" || message.type === "readIndexAnswer";
  },
};

function lastIndexOf({ prevLogIndex, entries }: AppendEntries): number {
  return prevLogIndex + entries.length;
}

function commandsOf({ entries }: AppendEntries) {
  return entries.map(({ command }) => command);
}

/** A snapshot names no entries, but it remembers against being applied twice which operations were in them. */
function isIn({ registers }: Snapshot, { operation }: FollowedWrite): boolean {
  return registers.answered.operations.some((key) => key >= 0 && journeyOf(key) === operation);
}
