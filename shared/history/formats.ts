import { isRefusal, refusal, type Refusal } from "../core/refusal.ts";
import type { JepsenEvent, JepsenPair } from "./eventPairing.ts";
import { readJepsenEvents } from "./jepsenEvents.ts";
import { readJepsenLog } from "./jepsenLog.ts";
import { registerPair } from "./jepsenRegister.ts";
import { jsonLinesOf } from "./jsonLines.ts";

/** One way to write a history in a file. */
export interface Format {
  readonly about: string;
  /** Whether the file is to be cut at line ends, or may be cut anywhere. */
  readonly reads: "lines" | "pieces";
  /** Questions and their ends, or why the file is no history of the kind that `fits` describes. */
  read(text: Iterable<string>, fits: (event: JepsenEvent) => boolean): JepsenPair[] | Refusal;
}

/** Every format in which a history is read. */
export const formats = {
  "jepsen-log": { about: "The lines that Jepsen logs of a register test.", reads: "lines", read: readJepsenLog },
  "jepsen-edn": {
    about: "Jepsen's events in EDN.",
    reads: "pieces",
    read: (text, fits) => readJepsenEvents(text, "edn", fits),
  },
  "jepsen-json": {
    about: "Jepsen's events in JSON.",
    reads: "pieces",
    read: (text, fits) => readJepsenEvents(text, "json", fits),
  },
  "kv-maps": {
    about: "EDN maps with :key and :value, one an event.",
    reads: "pieces",
    read: (text, fits) => readJepsenEvents(text, "edn", fits),
  },
  jsonl: {
    about: "One operation a line in JSON, as this game writes them.",
    reads: "lines",
    read: readRegisterLines,
  },
} as const satisfies Record<string, Format>;

function readRegisterLines(lines: Iterable<string>, fits: (event: JepsenEvent) => boolean): JepsenPair[] | Refusal {
  const pairs: JepsenPair[] = [];
  for (const operation of jsonLinesOf(lines)) {
    if (isRefusal(operation)) return operation;
    const { id, session, kind } = operation;
    if (!fits({ process: session, type: "info", f: kind, value: null }))
      return refusal("badHistory", `Line ${id + 1}: ${kind} is no operation of this model.`);
    pairs.push(registerPair(operation));
  }
  return pairs;
}
