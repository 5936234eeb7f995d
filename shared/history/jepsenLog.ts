import { isRefusal, refusal, type Refusal } from "../core/refusal.ts";
import { pairEvents, type JepsenEvent, type JepsenPair } from "./eventPairing.ts";
import type { Operation, OperationKind } from "./operation.ts";

const LINE =
  /^INFO {2}jepsen\.util - (\d+)\t:(invoke|ok|fail|info)\t:(read|write|cas)\t(nil|\d+|\[\d+ \d+\]|:timed-out)$/;

/**
 * Reads the log that Jepsen prints of a cas-register test, one event a line, such as
 * `INFO  jepsen.util - 3	:invoke	:cas	[4 0]`. All operations are on one register, key 0; times are line numbers.
 */
export function readJepsenLog(lines: Iterable<string>): Operation[] | Refusal {
  const events: JepsenEvent[] = [];
  const numbers: number[] = [];
  let number = 0;
  for (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    const match = LINE.exec(line.trimEnd());
    if (match === null) return refusal("badHistory", `Line ${number}: is not an event of a Jepsen register test.`);
    const [, process, type, f, value = ""] = match;
    const event = { process: Number(process), type: type as JepsenEvent["type"], f: f!, value: valueOf(value) };
    if (!fits(event)) return refusal("badHistory", `Line ${number}: :${type} :${f} can't have the value ${value}.`);
    events.push(event);
    numbers.push(number);
  }
  const pairs = pairEvents(events, (position) => `Line ${numbers[position]}`);
  return isRefusal(pairs) ? pairs : pairs.map(operationOf);
}

/** nil is null, a number itself, `[4 0]` a pair of numbers, and `:timed-out` undefined. */
function valueOf(text: string): number | null | number[] | undefined {
  if (text === "nil") return null;
  if (text === ":timed-out") return undefined;
  return text.startsWith("[") ? text.slice(1, -1).split(" ").map(Number) : Number(text);
}

function fits({ type, f, value }: JepsenEvent): boolean {
  if (value === undefined) return type === "fail" || type === "info";
  if (f === "cas") return Array.isArray(value);
  return f === "read" ? !Array.isArray(value) : typeof value === "number";
}

function operationOf({ process, f, asked, told, invokedAt, completedAt, outcome }: JepsenPair, id: number): Operation {
  const [expected, replacement] = f === "cas" ? (asked as [number, number]) : [null, null];
  return {
    id,
    session: process,
    component: "register",
    key: 0,
    kind: f as OperationKind,
    argument: f === "write" ? (asked as number) : replacement,
    expected,
    result: f === "read" && outcome === "ok" ? (told as number | null) : null,
    invokedAtUs: invokedAt,
    completedAtUs: completedAt,
    outcome,
  };
}
