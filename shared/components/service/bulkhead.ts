/**
 * Places for calls to one callee, so that a slow one fills its own and no others: a bulkhead of a ship. Who finds no place
 * may wait in line for a while.
 * Source: Nygard 2007, Release It!, section 5.3; the default of 25 calls and no wait is Resilience4j's.
 */
export interface Bulkhead<Errand> {
  /** Calls under way. */
  out: number;
  /** Who waits for a place, oldest first. */
  readonly line: Errand[];
}

export function createBulkhead<Errand>(): Bulkhead<Errand> {
  return { out: 0, line: [] };
}

/** Takes a place; false when all `places` are taken. 0 places: no bulkhead. */
export function enter(bulkhead: Bulkhead<unknown>, places: number): boolean {
  if (places > 0 && bulkhead.out >= places) return false;
  bulkhead.out++;
  return true;
}

/** Gives a place back; the answer is who goes in for it, with the place already taken, or null. */
export function leave<Errand>(bulkhead: Bulkhead<Errand>, places: number): Errand | null {
  bulkhead.out--;
  const next = bulkhead.line[0];
  if (next === undefined || !enter(bulkhead, places)) return null;
  bulkhead.line.shift();
  return next;
}

/** Leaves the line without having been in; false for one that is no longer in it. */
export function leaveLine<Errand>({ line }: Bulkhead<Errand>, errand: Errand): boolean {
  const place = line.indexOf(errand);
  if (place >= 0) line.splice(place, 1);
  return place >= 0;
}
