/** Ticks between two marks: ten seconds of the match. */
const TICKS = 200;

/** The state hash as it stood at the end of a tick. */
export interface HashMark {
  readonly tick: number;
  readonly hash: string;
}

/** State hashes noted along the way, so that a replay that diverges can say when. */
export class HashMarks {
  readonly all: HashMark[] = [];

  /** Notes the hash if it is time for it. */
  note(tick: number, hash: () => string): void {
    if (tick % TICKS === 0) this.all.push({ tick, hash: hash() });
  }
}

/** Between which ticks two runs of the same match part, as far as their marks tell; null when all marks agree. */
export function partingOf(
  recorded: readonly HashMark[],
  replayed: readonly HashMark[],
): { readonly after: number; readonly by: number } | null {
  let after = 0;
  for (const { tick, hash } of recorded) {
    const again = replayed.find((mark) => mark.tick === tick);
    if (again?.hash !== hash) return { after, by: tick };
    after = tick;
  }
  return null;
}
