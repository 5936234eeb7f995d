import { invariant } from "../core/invariant.ts";

/** Stays of one operation that ids tell apart. */
const STAYS_MAX = 0xffffff;

/** 32 hex digits that name the trace of an operation; never all zero. */
export function traceId(operation: number): string {
  return hex(operation + 1, 32);
}

/** 16 hex digits that name a span of an operation: 0 for the client's own, stays from 1 on; never all zero. */
export function spanId(operation: number, place: number): string {
  invariant(place >= 0 && place <= STAYS_MAX, `traces: operation ${operation} has more than ${STAYS_MAX} stays`);
  return hex(operation + 1, 10) + hex(place, 6);
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}
