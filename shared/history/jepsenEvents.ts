import { isRefusal, refusal, type Refusal } from "../core/refusal.ts";
import { isEdnMap, readEdn, type EdnMap } from "./edn.ts";
import { pairEvents, type JepsenEvent, type JepsenPair } from "./eventPairing.ts";

const TYPES = ["invoke", "ok", "fail", "info"];

/**
 * Reads a history of Jepsen in EDN, as one vector of maps or one map after the other, and pairs questions with their
 * ends. What is not a client's, such as the nemesis, is left out. `fits` says whether an event makes sense.
 */
export function readJepsenEvents(text: string, fits: (event: JepsenEvent) => boolean): JepsenPair[] | Refusal {
  const values = readEdn(text);
  if (isRefusal(values)) return values;
  const rows = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
  const events: JepsenEvent[] = [];
  const lines: number[] = [];
  for (const row of rows) {
    if (!isEdnMap(row)) return refusal("badHistory", "A history is made of maps, but there is something else in it.");
    const event = eventOf(row);
    if (event === "nemesis") continue;
    if (typeof event === "string") return refusal("badHistory", `Line ${row.line}: ${event}.`);
    if (!fits(event))
      return refusal("badHistory", `Line ${row.line}: :${event.type} :${event.f} can't have that value.`);
    events.push(event);
    lines.push(row.line);
  }
  return pairEvents(events, (position) => `Line ${lines[position]}`);
}

/** The event that a map tells, "nemesis" for those that are no client's, or what is wrong with it. */
function eventOf({ fields }: EdnMap): JepsenEvent | string {
  const process = fields.get("process");
  const type = fields.get("type");
  const f = fields.get("f");
  if (typeof process === "string") return "nemesis";
  if (!Number.isSafeInteger(process)) return ":process is not a number";
  if (!TYPES.includes(type as string)) return ":type is none of :invoke, :ok, :fail and :info";
  if (typeof f !== "string") return ":f is not a keyword";
  const value = fields.get("value");
  return {
    process: process as number,
    type: type as JepsenEvent["type"],
    f,
    value: isEdnMap(value) ? undefined : (value ?? null),
    ...(fields.has("key") ? { key: fields.get("key") } : {}),
  };
}
