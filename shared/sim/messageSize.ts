import type { Message } from "./message.ts";

/** Bytes of what every message has: addresses, headers, ids. As in a small call over HTTP/2 with gRPC. */
export const ENVELOPE_BYTES = 200;
/** Bytes of one write as it is replicated or stored: key, value, version. */
export const WRITE_BYTES = 100;
/** Bytes of one element of a list or set in an answer. */
const ELEMENT_BYTES = 8;
const MEGABYTE = 1_000_000;

/**
 * How large a message is, bytes, on lanes that have a width and on the bill.
 * Simplified: keys and values are all alike, but for uploads, whose argument is their size in megabytes.
 */
export function bytesOf(message: unknown): number {
  const body = message as Message;
  if (body.type === "request" && body.kind === "upload") return ENVELOPE_BYTES + (body.argument ?? 0) * MEGABYTE;
  if (body.type === "reply" && body.values !== null) return ENVELOPE_BYTES + body.values.length * ELEMENT_BYTES;
  return ENVELOPE_BYTES;
}

/** Bytes of a message among replicas that carries so many writes; a snapshot carries a great many. */
export function bytesOfWrites(writes: number): number {
  return ENVELOPE_BYTES + writes * WRITE_BYTES;
}
