import { anomalyCards } from "../checkers/anomalies/registry.ts";
import { orderReasons } from "../checkers/orderReasons.ts";
import { msOf } from "../core/time.ts";
import { mutates } from "../core/operations.ts";
import type { Operation } from "../history/operation.ts";
import { operationPhrase } from "../history/phrase.ts";
import type { AnomalyRow, AnomalyStory, StoryEdge, StoryOperation } from "./debrief.ts";
import { clientName } from "./clientName.ts";
import type { Match } from "./match.ts";
import { shown, words } from "../core/names.ts";
import type { WrongAnswer } from "./record.ts";

/** Tells one wrong answer in the level's own names, with what all of its kind have in common. */
export function storyOf(match: Match, { component, anomaly }: WrongAnswer, { count, fromMs, untilMs }: AnomalyRow): AnomalyStory {
  const { history } = match.record;
  const operations = anomaly.witness.map((id) => history.operation(id));
  const told = operations.map((operation) => storyOperation(match, operation, operation.id === anomaly.operation));
  const { title, what, source } = anomalyCards[anomaly.name];
  return {
    name: anomaly.name,
    title,
    what,
    source,
    component,
    guarantee: words(match.level.contract[component]!.guarantee),
    key: operations[0]!.key,
    text: [...told.map(sentence), inNames(match, anomaly.sentence, operations)].join(" "),
    operations: told,
    order: anomaly.order.map((edge): StoryEdge => {
      const place = (id: number): number => anomaly.witness.indexOf(id);
      return { before: place(edge.before), after: place(edge.after), why: edge.why, words: orderReasons[edge.why].words };
    }),
    atMs: msOf(history.operation(anomaly.operation).invokedAtUs),
    wrongInAll: count,
    fromMs,
    untilMs,
  };
}

/** The checker speaks of clients by the number of their session; here they have names. */
function inNames(match: Match, text: string, operations: readonly Operation[]): string {
  const names = new Map(operations.map((operation) => [operation.session, clientName(match, operation)]));
  return text.replace(/\b(client) (\d+)/gi, (whole, word: string, session: string) => {
    const name = names.get(Number(session));
    return name === undefined ? whole : `${word} ${name}`;
  });
}

function storyOperation(match: Match, operation: Operation, blamed: boolean): StoryOperation {
  const node = match.record.answeredBy(operation.id);
  const name = match.cluster.nodeNames[node];
  const answered = operation.outcome === "ok" || operation.outcome === "fail";
  return {
    id: operation.id,
    client: clientName(match, operation),
    zone: match.cluster.zoneNames[match.record.zoneOf(operation.id)]!,
    text: operationPhrase(operation),
    mutates: mutates(operation.kind),
    invokedAtMs: msOf(operation.invokedAtUs),
    completedAtMs: answered ? msOf(operation.completedAtUs) : -1,
    node: name === undefined ? "" : shown(name),
    blamed,
  };
}

function sentence({ client, text, invokedAtMs, completedAtMs, node, mutates: changes, blamed }: StoryOperation): string {
  const from = clock(invokedAtMs);
  if (completedAtMs < 0) return `Client ${client} asked to ${text} at ${from} and never heard back.`;
  const done = node === "" ? `answered at ${clock(completedAtMs)}` : `answered by ${node} at ${clock(completedAtMs)}`;
  if (!changes) return `${blamed ? "Then client" : "Client"} ${client} asked at ${from} and got ${text.slice(text.indexOf("→") + 2)}, ${done}.`;
  return `Client ${client} asked to ${text} at ${from}, ${done}.`;
}

/** "1:24.310". */
function clock(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const rest = String(Math.floor(ms % 1_000)).padStart(3, "0");
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}.${rest}`;
}
