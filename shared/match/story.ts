import { msOf } from "../core/time.ts";
import { mutates } from "../core/operations.ts";
import type { Operation } from "../history/operation.ts";
import { operationPhrase } from "../history/phrase.ts";
import type { AnomalyStory, StoryOperation } from "./debrief.ts";
import type { Match } from "./match.ts";
import { shown, words } from "../core/names.ts";
import type { WrongAnswer } from "./record.ts";

/** Tells the worst wrong answer in the level's own names: the dearest one, and of these the one that was furthest behind. */
export function worstStory(match: Match): AnomalyStory | null {
  const { contract } = match.level;
  const price = ({ component }: WrongAnswer) => contract[component]!.wrongCosts;
  const worst = match.record.wrong.reduce<WrongAnswer | null>((found, wrong) => {
    if (found === null) return wrong;
    if (price(wrong) !== price(found)) return price(wrong) > price(found) ? wrong : found;
    return gapUs(match, wrong) > gapUs(match, found) ? wrong : found;
  }, null);
  return worst === null ? null : tell(match, worst);
}

/** Time between the answer that makes it wrong and the question: how old the truth was that it missed. */
function gapUs(match: Match, { anomaly }: WrongAnswer): number {
  const { history } = match.record;
  const blamed = history.operation(anomaly.operation);
  const proofs = anomaly.witness.filter((id) => id !== anomaly.operation).map((id) => history.operation(id).completedAtUs);
  const newest = Math.max(0, ...proofs.filter((atUs) => atUs < blamed.invokedAtUs));
  return blamed.invokedAtUs - newest;
}

function tell(match: Match, { component, anomaly }: WrongAnswer): AnomalyStory {
  const { history } = match.record;
  const operations = anomaly.witness.map((id) => history.operation(id));
  const told = operations.map((operation) => storyOperation(match, operation, operation.id === anomaly.operation));
  return {
    name: words(anomaly.name),
    component,
    guarantee: words(match.level.contract[component]!.guarantee),
    key: operations[0]!.key,
    text: [...told.map(sentence), inNames(match, anomaly.sentence, operations)].join(" "),
    operations: told,
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

/** "a7": the zone's letter and the session's number. */
function clientName(match: Match, operation: Operation): string {
  const zone = match.cluster.zoneNames[match.record.zoneOf(operation.id)]!;
  return `${zone.toLowerCase()}${operation.session}`;
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
