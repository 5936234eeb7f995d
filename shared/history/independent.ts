import type { JepsenEvent, JepsenPair, OpenPair } from "./eventPairing.ts";

/**
 * An event of an independent test, whose value is a tuple `[key value]`, with the key beside the value; undefined when it
 * is no such event. An end need not repeat the tuple.
 * Source: Jepsen's `jepsen.independent`.
 */
export function untupled(event: JepsenEvent): JepsenEvent | undefined {
  const { type, key, value } = event;
  if (key !== undefined) return undefined;
  if (isTuple(value)) return { ...event, key: value[0], value: value[1] };
  return type === "fail" || type === "info" ? event : undefined;
}

/** The pairs of an independent test, whose values are tuples, with their keys beside their values. */
export function giveKeys(pairs: OpenPair[]): JepsenPair[] {
  for (const pair of pairs) {
    if (!isTuple(pair.asked)) continue;
    const told: unknown = isTuple(pair.told) ? pair.told[1] : pair.told;
    pair.key = pair.asked[0];
    pair.told = told;
    pair.asked = pair.asked[1];
  }
  return pairs;
}

function isTuple(value: unknown): value is readonly [number, unknown] {
  return Array.isArray(value) && value.length === 2 && Number.isSafeInteger(value[0]);
}
