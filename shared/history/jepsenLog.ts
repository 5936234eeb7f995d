import { isRefusal, refusal, type Refusal } from "../core/refusal.ts";
import { pairEvents, type JepsenEvent } from "./eventPairing.ts";
import { fitsRegister, registerOperation } from "./jepsenRegister.ts";
import type { Operation } from "./operation.ts";

const LINE =
  /^INFO {2}jepsen\.util - (\d+)\t:(invoke|ok|fail|info)\t:(read|write|cas)\t(nil|\d+|\[\d+ \d+\]|:timed-out)$/;

/**
 * Reads the log that Jepsen prints of a cas-register test, one event a line, such as
 * `INFO  jepsen.util - 3	:invoke	:cas	[4 0]`. All operations are on one register, key 0; times are positions.
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
    const [, process, type, f = "", value = ""] = match;
    const event = { process: Number(process), type: type as JepsenEvent["type"], f, value: valueOf(value) };
    if (!fitsRegister(event))
      return refusal("badHistory", `Line ${number}: :${type} :${f} can't have the value ${value}.`);
    events.push(event);
    numbers.push(number);
  }
  const pairs = pairEvents(events, (position) => `Line ${numbers[position]}`);
  return isRefusal(pairs) ? pairs : pairs.map(registerOperation);
}

/** nil is null, a number itself, `[4 0]` a pair of numbers, and `:timed-out` no value at all. */
function valueOf(text: string): number | null | number[] | undefined {
  if (text === "nil") return null;
  if (text === ":timed-out") return undefined;
  return text.startsWith("[") ? text.slice(1, -1).split(" ").map(Number) : Number(text);
}
