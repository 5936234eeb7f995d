import type { StoreRequest } from "../protocol.ts";
import { type ActorId, knows, mergeClocks, nextDot, NO_EVENTS, type VectorClock, withDot } from "../vectorClock.ts";
import { type Causal, type Cell, isLater, isNewer, type Sibling, type Version } from "./cell.ts";

/** A write that is to join what its coordinator holds of the key. */
export interface SiblingWrite {
  readonly version: Version;
  /** What the client had seen: the write replaces that, and nothing else. */
  readonly context: VectorClock;
  readonly actor: ActorId;
}

/**
 * What a coordinator holds of a key after a write: the versions that the writer had seen are replaced, those it had not
 * seen are concurrent with it and stay beside it.
 * Source: DeCandia et al. 2007, "Dynamo", section 4.4; Preguiça et al. 2010, "Dotted version vectors", section 4: a write
 * is an event of its coordinator, so that two blind writes through one coordinator are concurrent, too.
 */
export function withWrite(held: Cell | null, { version, context, actor }: SiblingWrite): Cell {
  const { clock, siblings } = held?.causal ?? { clock: NO_EVENTS, siblings: [] };
  const dot = nextDot(mergeClocks(clock, context), actor);
  const kept = siblings.filter((sibling) => !knows(context, sibling));
  const causal = { clock: withDot(mergeClocks(clock, context), dot), siblings: [...kept, { ...version, ...dot }] };
  return cellOf(causal, (held?.ordinal ?? 0) + 1);
}

/** What two replicas hold together: the later of two versions, or of siblings all that neither has seen replaced. */
export function newerOf(a: Cell | null, b: Cell | null): Cell | null {
  if (!isNewer(b, a)) return a;
  if (a === null || b === null || a.causal === null || b.causal === null || !isNewer(a, b)) return b;
  const [ofA, ofB] = [a.causal, b.causal];
  const siblings = [
    ...ofA.siblings.filter((sibling) => !knows(ofB.clock, sibling) || isAmong(sibling, ofB)),
    ...ofB.siblings.filter((sibling) => !knows(ofA.clock, sibling)),
  ];
  return cellOf({ clock: mergeClocks(ofA.clock, ofB.clock), siblings }, Math.max(a.ordinal, b.ordinal));
}

/**
 * What a client has seen after its write: this event, if it had seen all earlier ones of the same coordinator. If it had
 * not, it is told nothing new, and its next write becomes a sibling of this one rather than replace what it never saw.
 */
export function contextAfter({ causal }: Cell, { operation, context = NO_EVENTS }: StoreRequest): VectorClock {
  const own = causal?.siblings.find((sibling) => sibling.operation === operation);
  if (own === undefined) return context;
  return nextDot(context, own.actor).count === own.count ? withDot(context, own) : context;
}

/** True when the version of this operation is among the siblings. */
export function isSibling({ causal }: Cell, operation: number): boolean {
  return causal?.siblings.some((sibling) => sibling.operation === operation) ?? false;
}

/** Versions that a message with this cell carries. */
export function versionsIn({ causal }: Cell): number {
  return causal?.siblings.length ?? 1;
}

/** Values of all siblings, each once, smallest first; undefined under last-write-wins. */
export function valuesOf(cell: Cell | null): readonly number[] | undefined {
  if (cell === null || cell.causal === null) return undefined;
  const values = cell.causal.siblings.flatMap(({ value }) => value ?? []);
  return [...new Set(values)].sort((a, b) => a - b);
}

/** A register that can tell one value only tells the last: stamps of later writes are above those that they replace. */
function cellOf(causal: Causal, ordinal: number): Cell {
  const last = causal.siblings.reduce((one, other) => (isLater(other, one) ? other : one));
  const { stampUs, coordinator, operation, value } = last;
  return { stampUs, coordinator, operation, value, ordinal, causal };
}

function isAmong({ actor, count }: Sibling, { siblings }: Causal): boolean {
  return siblings.some((sibling) => sibling.actor === actor && sibling.count === count);
}
