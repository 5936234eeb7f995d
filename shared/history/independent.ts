import type { JepsenEvent } from "./eventPairing.ts";

/**
 * An event of an independent test, whose value is a tuple `[key value]`, with the key beside the value; undefined when it
 * is no such event. An end need not repeat the tuple.
 * Source: Jepsen's `jepsen.independent`.
 */
export function untupled(event: JepsenEvent): JepsenEvent | undefined {
  const { type, key, value } = event;
  if (key !== undefined) return undefined;
  if (Array.isArray(value) && value.length === 2 && Number.isSafeInteger(value[0])) {
    return { ...event, key: value[0] as number, value: value[1] as unknown };
  }
  return type === "fail" || type === "info" ? event : undefined;
}

/**
 * The events of a history with their keys beside their values, when it is one of an independent test: when every value is
 * a tuple and every event makes sense without its key. Otherwise undefined.
 */
export function independentEvents(
  events: readonly JepsenEvent[],
  fits: (event: JepsenEvent) => boolean,
): JepsenEvent[] | undefined {
  const alone: JepsenEvent[] = [];
  for (const event of events) {
    const one = untupled(event);
    if (one === undefined || !fits(one)) return undefined;
    alone.push(one);
  }
  return alone;
}
