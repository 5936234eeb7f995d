import type { DataType } from "../crdt/dataType.ts";
import { dataTypes, type DataTypeName } from "../crdt/registry.ts";
import type { Telling } from "../telling.ts";
import type { GossipMessage, KeyedState } from "./messages.ts";

/** What replicas tell each other in their rounds. A state does not name the updates in it: whoever has one passes it on. */
export const gossipTelling: Telling<GossipMessage> = {
  describe(message) {
    if (message.type === "ask") return "any news?";
    if (message.type === "heard") return "heard";
    const { entries, data } = message;
    if (entries.length === 0) return "no news";
    return entries.length === 1 ? `news: ${describeState(entries[0]!, data)}` : `news of ${entries.length} keys`;
  },

  carries(message, { key }) {
    return message.type === "news" && message.entries.some((entry) => entry.key === key);
  },

  /** To news comes a word that they were heard, or the receiver's own, which say so too. */
  answers(answer, question) {
    if (question.type !== "news" || answer.type === "ask") return false;
    return answer.heard.life === question.life && answer.heard.position >= question.upTo;
  },

  isOfOneRequest() {
    return false;
  },

  carriesStates: true,
};

function describeState({ state }: KeyedState, data: DataTypeName): string {
  const type: DataType<unknown> = dataTypes[data];
  const values = type.values(state);
  if (values !== null) return `{${values.join(", ")}}`;
  return String(type.value(state) ?? "nothing");
}
