import { isRefusal, refusal, type Refusal } from "../core/refusal.ts";
import { OPERATION_KINDS, operations as cards, type OperationKind } from "../core/operations.ts";
import type { Operation, Outcome } from "./operation.ts";
import { SessionOrder } from "./sessionOrder.ts";

/**
 * The project's own file of a history: one operation a line, in the order of invocation, as a JSON object. The first
 * line is operation 0. Times are whole microseconds; `completedAtUs` is left out while an operation is open. An `ok` read
 * has a `result`, or `results` where the answer is a list; a write has an `argument`, a cas `expected` and `argument`, a
 * transfer the account it pays as `other`; null is the value that nobody wrote.
 *
 * `{"session":4,"component":"ledger","key":7,"kind":"write","argument":40,"invokedAtUs":1000,"completedAtUs":3500,"outcome":"ok"}`
 */
export function jsonLineOf(operation: Operation): string {
  const { session, component, key, other, kind, argument, expected, result, results, invokedAtUs, completedAtUs, outcome } = operation;
  return JSON.stringify({
    session,
    component,
    key,
    other: other ?? undefined,
    kind,
    expected: kind === "cas" ? expected : undefined,
    argument: cards[kind].argument === "none" ? undefined : argument,
    result: hasResult(kind, outcome) ? result : undefined,
    results: results ?? undefined,
    invokedAtUs,
    completedAtUs: completedAtUs === Infinity ? undefined : completedAtUs,
    outcome,
  });
}

/**
 * Reads a history from lines, or refuses it with the number of the first wrong line and what is wrong there. Empty lines
 * are allowed only at the end.
 */
export function readJsonLines(lines: Iterable<string>): Operation[] | Refusal {
  const operations: Operation[] = [];
  for (const operation of jsonLinesOf(lines)) {
    if (isRefusal(operation)) return operation;
    operations.push(operation);
  }
  return operations;
}

/** The same, one operation after the other, so that whoever reads need not keep them. A refusal is the last. */
export function* jsonLinesOf(lines: Iterable<string>): Generator<Operation | Refusal, void, void> {
  const order = new SessionOrder();
  let number = 0;
  let emptyLine = 0;
  let id = 0;
  for (const line of lines) {
    number++;
    if (line.trim() === "") {
      emptyLine ||= number;
      continue;
    }
    const operation = emptyLine > 0 ? "is empty, and more follows" : operationOf(line, id++);
    const objection = typeof operation === "string" ? operation : order.objectionTo(operation);
    if (objection !== undefined) return yield refuseLine(emptyLine || number, objection);
    yield operation as Operation;
  }
}

function refuseLine(number: number, reason: string): Refusal {
  return refusal("badHistory", `Line ${number}: ${reason}.`);
}

/** The operation on a line, or what is wrong with it. */
function operationOf(line: string, id: number): Operation | string {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return "is not JSON";
  }
  if (typeof row !== "object" || row === null || Array.isArray(row)) return "is not an object";
  const fields = row as Readonly<Record<string, unknown>>;
  const wrong = Object.keys(fields).find((name) => !Object.hasOwn(FIELDS, name));
  if (wrong !== undefined) return `${wrong}: is not a field of an operation`;
  for (const [name, field] of Object.entries(FIELDS)) {
    if (!field.fits(fields[name])) return `${name}: expected ${field.expected}, got ${textOf(fields[name])}`;
  }
  return whole(fields, id);
}

/** Puts the fields of a line together, once each has been found to be of its kind; checks that they fit one another. */
function whole(fields: Readonly<Record<string, unknown>>, id: number): Operation | string {
  const kind = fields.kind as OperationKind;
  const outcome = fields.outcome as Outcome;
  const has = {
    argument: cards[kind].argument !== "none",
    other: cards[kind].other,
    expected: kind === "cas",
    result: hasResult(kind, outcome),
  };
  for (const [name, wanted] of Object.entries(has)) {
    const given = fields[name] !== undefined;
    if (wanted && !given) return `${name}: is missing, and ${phraseOf(kind, outcome)} needs it`;
    if (given && !wanted && fields[name] !== null) return `${name}: ${phraseOf(kind, outcome)} has none`;
  }
  if (fields.completedAtUs === undefined && outcome !== "unknown")
    return `completedAtUs: is missing, and the outcome is ${outcome}`;
  return {
    id,
    session: fields.session as number,
    component: fields.component as string,
    key: fields.key as number,
    other: (fields.other ?? null) as number | null,
    kind,
    argument: (fields.argument ?? null) as number | null,
    expected: (fields.expected ?? null) as number | null,
    result: (fields.result ?? null) as number | null,
    results: (fields.results ?? null) as readonly number[] | null,
    invokedAtUs: fields.invokedAtUs as number,
    completedAtUs: (fields.completedAtUs ?? Infinity) as number,
    outcome,
  };
}

/** Only an answered question has a result; one that is a list says so in `results`, and null here. */
function hasResult(kind: OperationKind, outcome: Outcome): boolean {
  return !cards[kind].mutates && outcome === "ok";
}

interface Field {
  readonly expected: string;
  fits(value: unknown): boolean;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isList = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === "number");
const isTime: Field = { expected: "a whole number of microseconds", fits: isCount };
const isName: Field = { expected: "a whole number from 0", fits: isCount };
const isValue: Field = {
  expected: "a number or null",
  fits: (value) => value === undefined || value === null || typeof value === "number",
};

function oneOf(...words: readonly string[]): Field {
  return { expected: `one of ${words.join(", ")}`, fits: (value) => words.includes(value as string) };
}

/** Every field that a line may have, and what it must look like. */
const FIELDS: Readonly<Record<string, Field>> = {
  session: isName,
  component: { expected: "a name", fits: (value) => typeof value === "string" && value !== "" },
  key: isName,
  other: { expected: "a whole number from 0", fits: (value) => value === undefined || value === null || isCount(value) },
  kind: oneOf(...OPERATION_KINDS),
  expected: isValue,
  argument: isValue,
  result: isValue,
  results: { expected: "a list of numbers", fits: (value) => value === undefined || value === null || isList(value) },
  invokedAtUs: isTime,
  completedAtUs: { expected: isTime.expected, fits: (value) => value === undefined || isCount(value) },
  outcome: oneOf("ok", "fail", "unknown"),
};

function phraseOf(kind: OperationKind, outcome: Outcome): string {
  return cards[kind].mutates ? `a ${kind}` : `a ${kind} that ended ${outcome}`;
}

function textOf(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
