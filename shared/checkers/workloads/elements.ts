import { isMapless } from "../../history/edn.ts";
import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";

/** The name of an element of a set, whatever value it is: two elements are the same when their names are. */
export function elementName(value: unknown): string {
  return JSON.stringify(value);
}

/** True when an event can be one of a set to which elements are added, and that is read as a whole. */
export function fitsSet({ type, f, value }: JepsenEvent): boolean {
  if (f === "read") return type !== "ok" || (Array.isArray(value) && isMapless(value));
  return f === "add" && value !== null && isMapless(value);
}

/** The names of what a read found, repeated ones included. */
export function foundBy(read: JepsenPair): string[] {
  return (read.told as readonly unknown[]).map(elementName);
}

/** Every add by the name of its element, the first where one is added twice. */
export function addsOf(pairs: readonly JepsenPair[]): Map<string, number> {
  const adds = new Map<string, number>();
  for (const [id, { f, asked }] of pairs.entries()) {
    if (f === "add" && !adds.has(elementName(asked))) adds.set(elementName(asked), id);
  }
  return adds;
}
