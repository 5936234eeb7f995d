/**
 * States what must be true whatever the players do. A false condition is a bug of the game, never a player's mistake,
 * so it throws: write the message as "place: what happened", for example "raft: committedIndex went back from 7 to 5".
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/**
 * An invariant that does not hold. Where one is checked at every event, `if (!condition) broken(...)` puts its message
 * together only when it is needed.
 */
export function broken(message: string): never {
  throw new Error(message);
}
