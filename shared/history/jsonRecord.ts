import { refusal, type Refusal } from "../core/refusal.ts";
import type { EdnMap, EdnValue } from "./edn.ts";
import { isExact } from "./ednAtoms.ts";

/** Where a text may have a number that a double does not hold exactly. */
const LONG_NUMBER = /\d{16}|\d[eE]/;

/** Reads one JSON object that begins on a line, as the map of EDN with the same names and values. */
export function readJsonRecord(text: string, line: number): EdnMap | Refusal {
  try {
    return valueOf(LONG_NUMBER.test(text) ? exactly(text) : JSON.parse(text), line) as EdnMap;
  } catch {
    return refusal("badHistory", `Line ${line}: the object that begins here is not JSON.`);
  }
}

/** Numbers that a double does not hold exactly stay the text that they are, so that two that differ never look the same. */
function exactly(text: string): unknown {
  return JSON.parse(text, (_name, value: unknown, { source }: { source?: string } = {}) =>
    typeof value === "number" && source !== undefined && !isExact(value) ? source : value,
  );
}

function valueOf(json: unknown, line: number): EdnValue {
  if (Array.isArray(json)) return json.map((it) => valueOf(it, line));
  if (typeof json !== "object" || json === null) return json as EdnValue;
  return { line, fields: new Map(Object.entries(json).map(([name, value]) => [name, valueOf(value, line)])) };
}
