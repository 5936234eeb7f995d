import { describeWrites, includesWrite, type Telling } from "../telling.ts";
import type { ChainMessage, Forward } from "./messages.ts";

/** What the replicas of a chain say. The tail's acknowledgement goes to everybody, and answers what was forwarded to it. */
export const chainTelling: Telling<ChainMessage> = {
  describe(message) {
    switch (message.type) {
      case "forward":
        if (message.updates.length === 0) return `heartbeat, configuration ${message.configuration}`;
        return `forward ${lastIndexOf(message)}: ${describeWrites(message.updates)}`;
      case "forwarded":
        return message.success ? `holds all up to ${message.index}` : `misses what follows ${message.index}`;
      case "acknowledged":
        return `ack ${message.index}`;
      case "versionQuery":
        return "which version counts?";
      case "version":
        return `version ${message.index} counts`;
    }
  },

  carries(message, write) {
    return message.type === "forward" && includesWrite(message.updates, write);
  },

  answers(answer, question) {
    if (answer.type === "version") return question.type === "versionQuery" && answer.query === question.query;
    if (question.type !== "forward" || question.updates.length === 0) return false;
    if (answer.type === "forwarded") return answer.success && answer.index >= lastIndexOf(question);
    return answer.type === "acknowledged" && answer.index >= lastIndexOf(question);
  },

  isOfOneRequest({ type }) {
    return type === "versionQuery" || type === "version";
  },

  answersAll: true,
};

function lastIndexOf({ previousIndex, updates }: Forward): number {
  return previousIndex + updates.length;
}
