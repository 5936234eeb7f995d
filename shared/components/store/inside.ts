import { contentOf, rowsOf, type Parcel, type ParcelContent } from "../../protocols/parcel.ts";
import { readRegister, type Registers } from "../../protocols/registers.ts";
import type { Reply, Request } from "../../sim/message.ts";
import { bytesOfWrites } from "../../sim/messageSize.ts";
import type { ProcessId } from "../../sim/process.ts";

/** A request of the mover to a group: its entry for the log. */
export interface ParcelRequest extends Request {
  readonly parcel: Parcel;
}

/** A request of a gatherer to a group: some of the keys of a scan, all of the group's shard. */
export interface PartRequest extends Request {
  readonly keys: readonly number[];
}

/** The answer to one of these. */
export interface InsideReply extends Reply {
  /** What there was of the keys that were surrendered. */
  readonly content: ParcelContent | null;
  /** The values of the keys of a part, in their order. */
  readonly found: readonly (number | null)[] | null;
}

/** What an answer has beside that to a request from outside. */
export type Inside = Pick<InsideReply, "content" | "found">;

/** Who asks a replica of the own store. */
export type InsideRequest = ParcelRequest | PartRequest;

export function isInside(request: Request): request is InsideRequest {
  return "parcel" in request || "keys" in request;
}

/** An entry of the mover, whose keys need not be this group's. */
export function isParcel(request: Request): request is ParcelRequest {
  return "parcel" in request;
}

/** How many keys a request is work for: a part reads neighbours in one go, at the price of one. */
export function workOf(request: Request): number {
  return isParcel(request) ? request.parcel.keys.length : 1;
}

/**
 * What a committed entry or a read that may be answered says, from the registers as they are at that moment; null when
 * not all of its keys are here.
 */
export function insideAnswer(request: InsideRequest, registers: Registers, holds: (key: number) => boolean): Inside | null {
  if (!isParcel(request)) {
    const { keys } = request;
    return keys.every(holds) ? { content: null, found: keys.map((key) => readRegister(registers, key)) } : null;
  }
  if (request.parcel.way === "adopt") return { content: null, found: null };
  const content = contentOf(registers, request.parcel);
  return content === null ? null : { content, found: null };
}

/** How large such an answer is, bytes. */
export function bytesOfInside({ content, found }: Inside): number {
  return bytesOfWrites((content === null ? 0 : content.values.length + content.answered.length) + (found?.length ?? 0));
}

/** How large such a request is, bytes. */
export function bytesOfParcel(parcel: Parcel): number {
  return bytesOfWrites(rowsOf(parcel));
}

/** Where the scans that reach a node are put together. */
export type Gatherers = ReadonlyMap<number, ProcessId>;
