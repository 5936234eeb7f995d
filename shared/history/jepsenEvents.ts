import { isRefusal, refusal, type Refusal } from "../core/refusal.ts";
import { readEdn, type EdnMap } from "./edn.ts";
import { EventPairing, type JepsenEvent, type JepsenPair } from "./eventPairing.ts";
import { giveKeys, untupled } from "./independent.ts";
import { readJsonRecord } from "./jsonRecord.ts";
import { recordsOf, type RecordText } from "./records.ts";

/** How the maps of a Jepsen history are written. */
export type Notation = "edn" | "json";

const TYPES = ["invoke", "ok", "fail", "info"];

/**
 * Reads a history of Jepsen, as one vector of maps or one map after the other, and pairs questions with their ends. What
 * is not a client's, such as the nemesis, is left out. Where no map names a process, clients are told apart by what they
 * ask. Where all values are tuples `[key value]`, as independent tests write them, pairs have keys. `fits` says whether an
 * event makes sense. Nothing of the text is kept but the values of the pairs.
 */
export function readJepsenEvents(
  chunks: Iterable<string>,
  notation: Notation,
  fits: (event: JepsenEvent) => boolean,
): JepsenPair[] | Refusal {
  const reading = new JepsenReading(fits);
  for (const record of recordsOf(chunks)) {
    const row = isRefusal(record) ? record : mapOf(record, notation);
    const refused = isRefusal(row) ? row : reading.add(row);
    if (refused !== undefined) return refused;
  }
  return reading.finish();
}

/** A history as far as it has been read: as it stands, and whether it may be one of an independent test. */
class JepsenReading {
  readonly #fits: (event: JepsenEvent) => boolean;
  readonly #pairing = new EventPairing();
  #named: boolean | undefined;
  /** The first event that makes no sense unless its value is a tuple of an independent test. */
  #strange: Refusal | undefined;
  #isIndependent = true;

  constructor(fits: (event: JepsenEvent) => boolean) {
    this.#fits = fits;
  }

  add(row: EdnMap): Refusal | undefined {
    const hasProcess = (row.fields.get("process") ?? null) !== null;
    const event = eventOf(row, this.#named === true);
    if (event === "nemesis") return undefined;
    if (typeof event === "string") return refuseLine(row, event);
    if (this.#named === false && hasProcess) return refuseLine(row, "names a process, but those before it do not");
    this.#named = hasProcess;
    const alone = untupled(event);
    const fitsAlone = alone !== undefined && this.#fits(alone);
    if (!this.#fits(event)) {
      const sentence = `:${event.type} :${event.f} can't have that value`;
      if (!fitsAlone || !this.#isIndependent) return this.#strange ?? refuseLine(row, sentence);
      this.#strange ??= refuseLine(row, sentence);
    }
    this.#isIndependent &&= fitsAlone;
    if (!this.#isIndependent && this.#strange !== undefined) return this.#strange;
    return this.#pairing.add(event, `Line ${row.line}`);
  }

  finish(): JepsenPair[] {
    const { pairs } = this.#pairing;
    return this.#isIndependent ? giveKeys(pairs) : pairs;
  }
}

function mapOf({ text, line }: RecordText, notation: Notation): EdnMap | Refusal {
  if (notation === "json") return readJsonRecord(text, line);
  const values = readEdn(text, line);
  return isRefusal(values) ? values : (values[0] as EdnMap);
}

/** The event that a map tells, "nemesis" for those that are no client's, or what is wrong with it. */
function eventOf({ fields }: EdnMap, needsProcess: boolean): JepsenEvent | string {
  const process = fields.get("process") ?? null;
  const type = fields.get("type");
  const value = fields.get("value") ?? null;
  const f = fields.get("f") ?? (isTransaction(value) ? "txn" : undefined);
  if (typeof process === "string" && !/^[+-]?\d/.test(process)) return "nemesis";
  if (process === null ? needsProcess : !Number.isSafeInteger(process)) return ":process is not a number";
  if (!TYPES.includes(type as string)) return ":type is none of :invoke, :ok, :fail and :info";
  if (typeof f !== "string") return ":f is not a keyword";
  const key = fields.get("key");
  return { process: process as number | null, type: type as JepsenEvent["type"], f, key, value };
}

/** Elle's histories leave out :f where the value is a list of micro-operations. */
function isTransaction(value: unknown): boolean {
  return Array.isArray(value) && value.every((it) => Array.isArray(it));
}

function refuseLine({ line }: EdnMap, reason: string): Refusal {
  return refusal("badHistory", `Line ${line}: ${reason}.`);
}
