import { isRefusal, refusal, type Refusal } from "../core/refusal.ts";
import { readEdn, type EdnMap } from "./edn.ts";
import { pairEvents, type JepsenEvent, type JepsenPair } from "./eventPairing.ts";
import { independentEvents, untupled } from "./independent.ts";
import { readJsonRecord } from "./jsonRecord.ts";
import { recordsOf, type RecordText } from "./records.ts";

/** How the maps of a Jepsen history are written. */
export type Notation = "edn" | "json";

const TYPES = ["invoke", "ok", "fail", "info"];

/**
 * Reads a history of Jepsen, as one vector of maps or one map after the other, and pairs questions with their ends. What
 * is not a client's, such as the nemesis, is left out. Where no map names a process, all are of process 0, which then may
 * have one operation open. Where all values are tuples `[key value]`, as independent tests write them, pairs have keys.
 * `fits` says whether an event makes sense.
 */
export function readJepsenEvents(
  chunks: Iterable<string>,
  notation: Notation,
  fits: (event: JepsenEvent) => boolean,
): JepsenPair[] | Refusal {
  const events: JepsenEvent[] = [];
  const lines: number[] = [];
  let named: boolean | undefined;
  for (const record of recordsOf(chunks)) {
    if (isRefusal(record)) return record;
    const row = mapOf(record, notation);
    if (isRefusal(row)) return row;
    const hasProcess = row.fields.has("process");
    const event = eventOf(row, named === true);
    if (event === "nemesis") continue;
    if (typeof event === "string") return refuseLine(row, event);
    if (named === false && hasProcess) return refuseLine(row, "names a process, but those before it do not");
    named = hasProcess;
    const alone = untupled(event);
    if (!fits(event) && (alone === undefined || !fits(alone))) return refuseLine(row, strangeness(event));
    events.push(event);
    lines.push(row.line);
  }
  const independent = independentEvents(events, fits);
  const strange = independent === undefined ? events.findIndex((event) => !fits(event)) : -1;
  if (strange >= 0) return refusal("badHistory", `Line ${lines[strange]}: ${strangeness(events[strange]!)}.`);
  return pairEvents(independent ?? events, (position) => `Line ${lines[position]}`);
}

function strangeness({ type, f }: JepsenEvent): string {
  return `:${type} :${f} can't have that value`;
}

function mapOf({ text, line }: RecordText, notation: Notation): EdnMap | Refusal {
  if (notation === "json") return readJsonRecord(text, line);
  const values = readEdn(text, line);
  return isRefusal(values) ? values : (values[0] as EdnMap);
}

/** The event that a map tells, "nemesis" for those that are no client's, or what is wrong with it. */
function eventOf({ fields }: EdnMap, needsProcess: boolean): JepsenEvent | string {
  const process = fields.get("process") ?? (needsProcess || fields.has("process") ? undefined : 0);
  const type = fields.get("type");
  const value = fields.get("value") ?? null;
  const f = fields.get("f") ?? (isTransaction(value) ? "txn" : undefined);
  if (typeof process === "string") return "nemesis";
  if (!Number.isSafeInteger(process)) return ":process is not a number";
  if (!TYPES.includes(type as string)) return ":type is none of :invoke, :ok, :fail and :info";
  if (typeof f !== "string") return ":f is not a keyword";
  return {
    process: process as number,
    type: type as JepsenEvent["type"],
    f,
    value,
    ...(fields.has("key") ? { key: fields.get("key") } : {}),
  };
}

/** Elle's histories leave out :f where the value is a list of micro-operations. */
function isTransaction(value: unknown): boolean {
  return Array.isArray(value) && value.every((it) => Array.isArray(it));
}

function refuseLine({ line }: EdnMap, reason: string): Refusal {
  return refusal("badHistory", `Line ${line}: ${reason}.`);
}
