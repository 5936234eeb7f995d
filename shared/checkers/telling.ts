import { US_PER_MS, US_PER_SECOND, type Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import { operationPhrase } from "../history/phrase.ts";

/** The beginning of a sentence: what a client was told. "Client 12 read 40 from key 7". */
export function toldText(operation: Operation): string {
  const client = `Client ${operation.session}`;
  switch (operation.kind) {
    case "read":
      return operation.result === null
        ? `${client} found key ${operation.key} empty`
        : `${client} read ${operation.result} from key ${operation.key}`;
    case "write":
      return `${client} wrote ${operation.argument} to key ${operation.key}`;
    case "cas":
      return operation.expected === null
        ? `${client} set the empty key ${operation.key} to ${operation.argument}`
        : `${client} changed key ${operation.key} from ${operation.expected} to ${operation.argument}`;
    default:
      return `${client} asked key ${operation.key}: ${operationPhrase(operation)}`;
  }
}

/** A length of time as people say it: "80 µs", "0.4 ms", "230 ms", "1.2 s". */
export function durationText(us: Us): string {
  if (us < US_PER_MS / 10) return `${us} µs`;
  if (us < 10 * US_PER_MS) return `${Math.round(us / 100) / 10} ms`;
  if (us < US_PER_SECOND) return `${Math.round(us / US_PER_MS)} ms`;
  return `${Math.round(us / (US_PER_SECOND / 10)) / 10} s`;
}
