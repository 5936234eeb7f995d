import { isRefusal, refusal, type Refusal } from "../core/refusal.ts";
import { EventPairing, type JepsenEvent, type JepsenPair } from "./eventPairing.ts";
import { numberOf } from "./ednAtoms.ts";
import { fitsRegister } from "./jepsenRegister.ts";

const LINE =
  /^(?:INFO\s+)?jepsen\.util - (\d+)\s+:(invoke|ok|fail|info)\s+:(read|write|cas)\s+(nil|-?\d+|\[(?:nil|-?\d+) (?:nil|-?\d+)\]|:timed-out)(?:\s+:hint\s+\d+)?\s*$/;

/**
 * Reads the log that Jepsen prints of a cas-register test, one event a line, such as
 * `INFO  jepsen.util - 3	:invoke	:cas	[4 0]`. All operations are on one register. The hint of a revision that some logs
 * have behind the value is passed over.
 */
export function readJepsenLog(lines: Iterable<string>): JepsenPair[] | Refusal {
  const pairing = new EventPairing();
  let number = 0;
  for (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    const event = eventOf(line, number);
    const refused = isRefusal(event) ? event : pairing.add(event, `Line ${number}`);
    if (refused !== undefined) return refused;
  }
  return pairing.pairs;
}

function eventOf(line: string, number: number): JepsenEvent | Refusal {
  const match = LINE.exec(line);
  if (match === null) return refusal("badHistory", `Line ${number}: is not an event of a Jepsen register test.`);
  const [, process, type, f = "", value = ""] = match;
  const event = { process: Number(process), type: type as JepsenEvent["type"], f, value: valueOf(value) };
  if (fitsRegister(event)) return event;
  return refusal("badHistory", `Line ${number}: :${type} :${f} can't have the value ${value}.`);
}

/** nil is null, a number itself, `[4 0]` a pair of numbers, and `:timed-out` no value at all. */
function valueOf(text: string): number | string | null | (number | string | null)[] | undefined {
  if (text === ":timed-out") return undefined;
  return text.startsWith("[") ? text.slice(1, -1).split(" ").map(atomOf) : atomOf(text);
}

const atomOf = (text: string): number | string | null => (text === "nil" ? null : numberOf(text)!);
