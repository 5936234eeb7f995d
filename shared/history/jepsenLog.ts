import { refusal, type Refusal } from "../core/refusal.ts";
import { pairEvents, type JepsenEvent, type JepsenPair } from "./eventPairing.ts";
import { fitsRegister } from "./jepsenRegister.ts";

const LINE =
  /^INFO {2}jepsen\.util - (\d+)\t:(invoke|ok|fail|info)\t:(read|write|cas)\t(nil|\d+|\[\d+ \d+\]|:timed-out)$/;

/**
 * Reads the log that Jepsen prints of a cas-register test, one event a line, such as
 * `INFO  jepsen.util - 3	:invoke	:cas	[4 0]`. All operations are on one register.
 */
export function readJepsenLog(lines: Iterable<string>): JepsenPair[] | Refusal {
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
  return pairEvents(events, (position) => `Line ${numbers[position]}`);
}

/** nil is null, a number itself, `[4 0]` a pair of numbers, and `:timed-out` no value at all. */
function valueOf(text: string): number | null | number[] | undefined {
  if (text === "nil") return null;
  if (text === ":timed-out") return undefined;
  return text.startsWith("[") ? text.slice(1, -1).split(" ").map(Number) : Number(text);
}
