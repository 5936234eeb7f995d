import { journeyOf } from "../../sim/idempotencyKey.ts";
import type { FollowedWrite, Telling } from "../telling.ts";
import type { Cell, KeyedCell } from "./cell.ts";
import { ITSELF, NO_ANSWER, type QuorumMessage } from "./messages.ts";

/** What coordinators and replicas say. A message of a coordination serves one request; the rest go in batches. */
export const quorumTelling: Telling<QuorumMessage> = {
  describe(message) {
    switch (message.type) {
      case "fetch":
        return message.operation < 0 ? "your version?" : "your version, before a write?";
      case "fetched":
        return `has ${describeCell(message.cell)}`;
      case "store":
        if (message.token === NO_ANSWER) return `read repair: ${describeCell(message.cell)}`;
        return message.standsFor === ITSELF ? `store ${describeCell(message.cell)}` : `keep ${describeCell(message.cell)} for another`;
      case "stored":
        return "stored";
      case "handoff":
        return `hinted handoff: ${describeCells(message.writes)}`;
      case "handedOff":
        return `has ${describeCells(message.writes)}`;
      case "compare":
        return message.level === 0 ? "anti-entropy: same root?" : `anti-entropy: same hashes, level ${message.level}?`;
      case "exchange":
        return `anti-entropy: ${describeCells(message.writes)}`;
    }
  },

  carries(message, write) {
    if (message.type === "store") return holds(message.cell, write);
    return (message.type === "handoff" || message.type === "exchange") && message.writes.some(({ cell }) => holds(cell, write));
  },

  answers(answer, question) {
    if (answer.type === "fetched") return question.type === "fetch" && answer.token === question.token;
    if (answer.type === "stored") return question.type === "store" && answer.token === question.token;
    return answer.type === "handedOff" && question.type === "handoff" && answer.writes === question.writes;
  },

  isOfOneRequest({ type }) {
    return type === "fetch" || type === "fetched" || type === "store" || type === "stored";
  },
};

/** The write that made the version, or one that stands beside it. */
function holds({ operation, causal }: Cell, write: FollowedWrite): boolean {
  const isIt = (key: number): boolean => key >= 0 && journeyOf(key) === write.operation;
  return isIt(operation) || (causal !== null && causal.siblings.some((sibling) => isIt(sibling.operation)));
}

function describeCell(cell: Cell | null): string {
  if (cell === null) return "nothing";
  const values = cell.causal === null ? [cell.value] : cell.causal.siblings.map(({ value }) => value);
  return values.map((value) => (value === null ? "nothing" : String(value))).join(" and ");
}

function describeCells(writes: readonly KeyedCell[]): string {
  return writes.length === 1 ? describeCell(writes[0]!.cell) : `${writes.length} versions`;
}
