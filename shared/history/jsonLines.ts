import { refusal, type Refusal } from "../core/refusal.ts";
import type { Operation, OperationKind, Outcome } from "./operation.ts";
import { SessionOrder } from "./sessionOrder.ts";

/**
 * The project's own file of a history: one operation a line, in the order of invocation, as a JSON object. The first
 * line is operation 0. Times are whole microseconds; `completedAtUs` is left out while an operation is open. An `ok` read
 * has a `result`, a write an `argument`, a cas `expected` and `argument`; null is the value that nobody wrote.
 *
 * `{"session":4,"component":"ledger","key":7,"kind":"write","argument":40,"invokedAtUs":1000,"completedAtUs":3500,"outcome":"ok"}`
 */
export function jsonLineOf(operation: Operation): string {
  const { session, component, key, kind, argument, expected, result, invokedAtUs, completedAtUs, outcome } = operation;
  return JSON.stringify({
    session,
    component,
    key,
    kind,
    expected: kind === "cas" ? expected : undefined,
    argument: kind === "read" ? undefined : argument,
    result: kind === "read" && outcome === "ok" ? result : undefined,
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
  const order = new SessionOrder();
  let number = 0;
  let emptyLine = 0;
  for (const line of lines) {
    number++;
    if (line.trim() === "") {
      emptyLine ||= number;
      continue;
    }
    if (emptyLine > 0) return refuseLine(emptyLine, "is empty, and more follows");
    const operation = operationOf(line, operations.length);
    if (typeof operation === "string") return refuseLine(number, operation);
    const objection = order.objectionTo(operation);
    if (objection !== undefined) return refuseLine(number, objection);
    operations.push(operation);
  }
  return operations;
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
    argument: kind !== "read",
    expected: kind === "cas",
    result: kind === "read" && outcome === "ok",
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
    kind,
    argument: (fields.argument ?? null) as number | null,
    expected: (fields.expected ?? null) as number | null,
    result: (fields.result ?? null) as number | null,
    invokedAtUs: fields.invokedAtUs as number,
    completedAtUs: (fields.completedAtUs ?? Infinity) as number,
    outcome,
  };
}

interface Field {
  readonly expected: string;
  fits(value: unknown): boolean;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
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
  kind: oneOf("read", "write", "cas"),
  expected: isValue,
  argument: isValue,
  result: isValue,
  invokedAtUs: isTime,
  completedAtUs: { expected: isTime.expected, fits: (value) => value === undefined || isCount(value) },
  outcome: oneOf("ok", "fail", "unknown"),
};

function phraseOf(kind: OperationKind, outcome: Outcome): string {
  return kind === "read" ? `a read that ended ${outcome}` : `a ${kind}`;
}

function textOf(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
