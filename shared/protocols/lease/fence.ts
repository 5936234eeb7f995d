/**
 * What a resource that is guarded by a lock remembers: the highest fencing token that wrote to it. Durable with the data.
 * Source: Kleppmann 2016, "How to do distributed locking", section "Making the lock safe with fencing".
 */
export interface Fence {
  highestToken: number;
}

/** Nobody wrote yet. */
export function createFence(): Fence {
  return { highestToken: 0 };
}

/** Lets a write pass unless a later holder has written before it: then the lock has changed hands, and it is refused. */
export function passes(fence: Fence, fencingToken: number): boolean {
  if (fencingToken < fence.highestToken) return false;
  fence.highestToken = fencingToken;
  return true;
}
