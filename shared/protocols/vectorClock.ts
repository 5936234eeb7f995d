/** Whoever counts events of its own: a replica in one life of its disk, see `actorOf`. */
export type ActorId = number;

/** One event: the `count`-th of an actor, counted from 1. */
export interface Dot {
  readonly actor: ActorId;
  readonly count: number;
}

/**
 * Which events are known, by actor: a dot means that event and all of the same actor before it. Sorted by actor.
 * Source: Fidge 1988 and Mattern 1989 (vector clocks); Preguiça et al. 2010, "Dotted version vectors", section 2.
 */
export type VectorClock = readonly Dot[];

/** The clock that knows of nothing. */
export const NO_EVENTS: VectorClock = [];

/** Replicas in a group are fewer than this. */
const REPLICAS_MAX = 1_024;

/**
 * A replica whose disk was lost counts as a new actor: it has forgotten how far it had counted, and a count given twice
 * would pass for an event that others know. Source: Riak 2.1, "actor epochs" (kv679).
 * Simplified: the number of a replica's life is known to it after its disk is lost, as if a member list kept it.
 */
export function actorOf(replica: number, life: number): ActorId {
  return replica + life * REPLICAS_MAX;
}

/** Events of an actor that a clock knows of. */
export function countOf(clock: VectorClock, actor: ActorId): number {
  for (const dot of clock) if (dot.actor === actor) return dot.count;
  return 0;
}

/** True when a clock knows of an event. */
export function knows(clock: VectorClock, { actor, count }: Dot): boolean {
  return countOf(clock, actor) >= count;
}

/** The next event of an actor that knows of all its own events in this clock. */
export function nextDot(clock: VectorClock, actor: ActorId): Dot {
  return { actor, count: countOf(clock, actor) + 1 };
}

/** All that either knows. Returns `a` itself when `b` knows no more. */
export function mergeClocks(a: VectorClock, b: VectorClock): VectorClock {
  if (isWithin(b, a)) return a;
  const merged: Dot[] = [];
  let [atA, atB] = [0, 0];
  while (atA < a.length || atB < b.length) {
    const [ofA, ofB] = [a[atA], b[atB]];
    const actor = Math.min(ofA?.actor ?? Infinity, ofB?.actor ?? Infinity);
    const countA = ofA?.actor === actor ? ofA.count : 0;
    const countB = ofB?.actor === actor ? ofB.count : 0;
    if (countA > 0) atA += 1;
    if (countB > 0) atB += 1;
    merged.push({ actor, count: Math.max(countA, countB) });
  }
  return merged;
}

/** A clock with one more event. */
export function withDot(clock: VectorClock, dot: Dot): VectorClock {
  return mergeClocks(clock, [dot]);
}

/** True when `b` knows everything that `a` knows. */
export function isWithin(a: VectorClock, b: VectorClock): boolean {
  return a.every((dot) => knows(b, dot));
}

/** True when everything that `a` knows was known when `b` came about, and more. */
export function happensBefore(a: VectorClock, b: VectorClock): boolean {
  return isWithin(a, b) && !isWithin(b, a);
}

/** True when neither knew of the other. */
export function concurrentWith(a: VectorClock, b: VectorClock): boolean {
  return !isWithin(a, b) && !isWithin(b, a);
}
