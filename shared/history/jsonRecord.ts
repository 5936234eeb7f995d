import { refusal, type Refusal } from "../core/refusal.ts";
import type { EdnMap, EdnValue } from "./edn.ts";

/** Reads one JSON object that begins on a line, as the map of EDN with the same names and values. */
export function readJsonRecord(text: string, line: number): EdnMap | Refusal {
  try {
    return valueOf(JSON.parse(text), line) as EdnMap;
  } catch {
    return refusal("badHistory", `Line ${line}: the object that begins here is not JSON.`);
  }
}

function valueOf(json: unknown, line: number): EdnValue {
  if (Array.isArray(json)) return json.map((it) => valueOf(it, line));
  if (typeof json !== "object" || json === null) return json as EdnValue;
  return { line, fields: new Map(Object.entries(json).map(([name, value]) => [name, valueOf(value, line)])) };
}
