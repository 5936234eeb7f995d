import type { View } from "../../../shared/match/view.ts";
import type { Dispatch } from "../../scenes/mapScene.ts";
import type { Frame } from "../../session/rerun.ts";

type FlyingMessage = Frame["messages"][number];

/** Longest words on a plate of the map, in letters; the list beside it has them whole. */
const PLATE_LETTERS = 24;

/** Messages that only ask who is alive; they are many, and matter where nothing else is under way. */
const CHATTER = /^(?:are you there|I am there|lane probe|lane answer|scrape|heartbeat)\b/i;

/** What was asked, answered and copied first, the chatter of liveness probes last. */
export function byWeight(messages: readonly FlyingMessage[]): FlyingMessage[] {
  return messages.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** Messages under way as the map draws them: those of one kind on one way share an arrow. */
export function dispatchesOf(messages: readonly FlyingMessage[], atMs: number): Dispatch[] {
  const ways = new Map<string, FlyingMessage[]>();
  const told = messages.filter(({ words }) => !CHATTER.test(words));
  for (const message of byWeight(told.length > 0 ? told : messages)) {
    const way = `${message.from} ${message.to} ${isLost(message)}`;
    ways.set(way, [...(ways.get(way) ?? []), message]);
  }
  return [...ways.values()].map((together) => {
    const first = together[0]!;
    const more = together.length > 1 ? ` +${together.length - 1}` : "";
    return {
      from: first.from,
      to: first.to,
      words: `${shortened(first.words)}${more}`,
      kind: isRead(first) ? "read" : "write",
      failed: isLost(first),
      flown: (atMs - first.sentAtMs) / Math.max(1, first.arrivesAtMs - first.sentAtMs),
    };
  });
}

/** Those that operators could know of: nobody sees what is lost, or what happens at a node that monitoring can't reach. */
export function seenByOperators(messages: readonly FlyingMessage[], monitoring: View): FlyingMessage[] {
  const dark = (place: string): boolean =>
    place.startsWith("n") && monitoring.nodes[Number(place.slice(1))]?.status === "unknown";
  return messages.filter((message) => !isLost(message) && !dark(message.from) && !dark(message.to));
}

/** Whether a message will never be heard. */
export function isLost({ fate }: FlyingMessage): boolean {
  return fate === "lost" || fate === "cut" || fate === "dropped";
}

/** What is lost comes first, then what clients asked for, then the rest, and chatter after all. */
function rankOf(message: FlyingMessage): number {
  if (CHATTER.test(message.words)) return 3;
  if (isLost(message)) return 0;
  return message.from.startsWith("z") ? 1 : 2;
}

function isRead({ words }: FlyingMessage): boolean {
  return /\bread/i.test(words);
}

/** The chart's letters have no arrow. */
function shortened(told: string): string {
  const words = told.replace("→", "answer");
  return words.length <= PLATE_LETTERS ? words : `${words.slice(0, PLATE_LETTERS - 1).trimEnd()}…`;
}
