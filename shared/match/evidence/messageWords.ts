import { words } from "../../core/names.ts";
import { mutates } from "../../core/operations.ts";
import type { Telling } from "../../protocols/telling.ts";
import type { Message, Reply, Request } from "../../sim/message.ts";
import type { SentMessage } from "../../sim/messageWatch.ts";
import { CHANNEL } from "../../sim/process.ts";

/** A message in a few words: what is asked or answered, or what replicas tell each other in their protocol's terms. */
export function messageWords({ channel, message }: SentMessage, telling: Telling<unknown> | undefined): string {
  if (channel === CHANNEL.replicas) return telling === undefined ? plainWords(message) : telling.describe(message);
  const body = message as Message;
  switch (body.type) {
    case "request":
      return requestWords(body);
    case "reply":
      return replyWords(body);
    case "probe":
      return "are you there?";
    case "probeReply":
      return "I am there";
    default:
      return plainWords(message);
  }
}

function requestWords({ kind, argument, expected, attempt }: Request): string {
  const again = attempt > 1 ? `, attempt ${attempt}` : "";
  if (kind === "cas") return `set ${argument} if ${expected ?? "nothing"}${again}`;
  return `${words(kind)}${mutates(kind) && argument !== null ? ` ${argument}` : ""}${again}`;
}

function replyWords({ outcome, value, values, reason }: Reply): string {
  if (outcome === "refused") return `refused: ${words(reason)}`;
  if (outcome === "unknown") return `error: ${words(reason)}`;
  if (outcome === "fail") return "no: it holds another value";
  if (values !== null) return values.length > 6 ? `${values.length} elements` : `{${values.join(", ")}}`;
  return value === null ? "ok" : `→ ${value}`;
}

/** Components that are no store, and the monitor's agents, name their messages in one word. */
function plainWords(message: unknown): string {
  const { type } = message as { readonly type?: unknown };
  return typeof type === "string" ? words(type) : "a word among nodes";
}
