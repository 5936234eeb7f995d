/**
 * States what must be true whatever the players do. A false condition is a bug of the game, never a player's mistake,
 * so it throws: write the message as "place: what happened", for example "raft: committedIndex went back from 7 to 5".
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
