/**
 * Numbers from 0 to 1 that always come out the same for the same name, so that an island keeps its coast from match to
 * match and on every screen. For drawing only: the luck of a match comes from the match.
 * Source: FNV-1a for the seed, then the "mulberry32" generator, both public domain.
 */
export function seeded(name: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) state = Math.imul(state ^ name.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
