import { describeWrites, includesWrite, type Telling } from "../telling.ts";
import type { Append, PrimaryBackupMessage } from "./messages.ts";

/** What primary and backups say, in words. */
export const primaryBackupTelling: Telling<PrimaryBackupMessage> = {
  describe(message) {
    if (message.type === "appended") return message.success ? `ack ${message.index}` : `no: mine ends at ${message.index}`;
    const { entries } = message;
    if (entries.length === 0) return `heartbeat, view ${message.view}`;
    return `append ${lastIndexOf(message)}: ${describeWrites(writesOf(message))}`;
  },

  carries(message, write) {
    return message.type === "append" && includesWrite(writesOf(message), write);
  },

  answers(answer, question) {
    if (answer.type !== "appended" || question.type !== "append" || answer.view !== question.view) return false;
    if (question.entries.length === 0) return answer.round >= question.round;
    return answer.success && answer.index >= lastIndexOf(question);
  },

  isOfOneRequest(message) {
    return message.type === "append" && message.entries.length === 0;
  },
};

function lastIndexOf({ previousIndex, entries }: Append): number {
  return previousIndex + entries.length;
}

function writesOf({ entries }: Append) {
  return entries.map(({ write }) => write);
}
