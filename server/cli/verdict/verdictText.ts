import { anomalyCards } from "../../../shared/checkers/anomalies/registry.ts";
import { orderReasons } from "../../../shared/checkers/orderReasons.ts";
import type { Anomaly } from "../../../shared/checkers/checker.ts";
import type { JepsenPair } from "../../../shared/history/eventPairing.ts";
import type { Judgement } from "./judgement.ts";

/** Anomalies shown, and operations of each; the rest is counted. */
const ANOMALIES = 5;
const OPERATIONS = 30;

/**
 * A verdict for a person: the answer, and for each anomaly its sentence, the operations that prove it, the order that
 * could not be built of them, and what such an anomaly is.
 */
export function verdictText({ verdict, guarantee, operations, tookMs }: Judgement): string {
  const head = `${verdict.outcome}: ${guarantee}, ${operations.length} operations, ${tookMs.toFixed(1)} ms`;
  if (verdict.outcome === "valid") return verdict.caveat === undefined ? head : `${head}\n${verdict.caveat}`;
  if (verdict.outcome === "unknown") return `${head}\n${verdict.reason}`;
  const shown = verdict.anomalies.slice(0, ANOMALIES);
  const told = shown.flatMap((it) => ["", ...anomalyLines(it, operations)]);
  const more = verdict.anomalies.length - ANOMALIES;
  const kinds = [...new Set(shown.map(({ name }) => name))].flatMap((name) => ["", ...cardLines(name)]);
  return [head, ...told, ...(more > 0 ? ["", `and ${more} more`] : []), ...kinds].join("\n");
}

/** A verdict for a program: with each anomaly, the operations of its witness, and what it is. */
export function verdictJson({ verdict, guarantee, operations, tookMs }: Judgement): string {
  const anomalies = verdict.outcome === "invalid" ? verdict.anomalies : [];
  const found = anomalies.map((it) => ({
    ...it,
    ...anomalyCards[it.name],
    witness: it.witness.map((id) => ({ id, ...operations[id] })),
  }));
  const reason =
    verdict.outcome === "unknown" ? verdict.reason : verdict.outcome === "valid" ? verdict.caveat : undefined;
  return JSON.stringify(
    { outcome: verdict.outcome, guarantee, operations: operations.length, tookMs, reason, anomalies: found },
    plain,
    2,
  );
}

function anomalyLines({ name, sentence, witness, order }: Anomaly, operations: readonly JepsenPair[]): string[] {
  const lines = witness.slice(0, OPERATIONS).map((id) => `  ${operationText(id, operations[id]!)}`);
  const more = witness.length - OPERATIONS;
  return [
    `${name}: ${sentence}`,
    ...lines,
    ...(more > 0 ? [`  and ${more} more operations`] : []),
    ...orderLines(order),
  ];
}

/** What a kind of anomaly is, told once however often it was found. */
function cardLines(name: Anomaly["name"]): string[] {
  const { title, what, source } = anomalyCards[name];
  return [`${title}: ${what}`, `Source: ${source}`];
}

/** "no order: #4 → #7 answered before it was asked; #7 → #4 saw what was there before it". */
function orderLines(order: Anomaly["order"]): string[] {
  if (order.length === 0) return [];
  const steps = order.map(({ before, after, why }) => `#${before} → #${after} ${orderReasons[why].words}`);
  return [`  no order: ${steps.join("; ")}`];
}

/** "#4  client 3  write 5 → ok  [7..9]". */
function operationText(
  id: number,
  { process, f, key, asked, told, outcome, invokedAt, completedAt }: JepsenPair,
): string {
  const question = asked === null ? f : `${f} ${textOf(asked)}`;
  const answer = outcome === "ok" ? `ok ${textOf(told)}` : outcome;
  const where = key === undefined ? "" : ` at key ${textOf(key)}`;
  return `#${id}  client ${process}  ${question}${where} → ${answer}  [${invokedAt}..${completedAt === Infinity ? "" : completedAt}]`;
}

function textOf(value: unknown): string {
  const text = JSON.stringify(value, plain) ?? "nothing";
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

/** Maps and endless times as JSON has them. */
function plain(_name: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  return value === Infinity ? null : value;
}
