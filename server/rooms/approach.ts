import { setImmediate } from "node:timers/promises";
import type { Replay } from "../../shared/match/replay.ts";

/** Ticks replayed before other rooms get a turn: some 30 ms of work. */
const SLICE_TICKS = 100;

/** Brings a replay close to a tick that may itself move on, in slices; the rest is for the replay's own `run`. */
export async function approach(replay: Replay, tick: () => number): Promise<void> {
  while (replay.match.tick + SLICE_TICKS < tick() && !replay.match.over) {
    replay.run(replay.match.tick + SLICE_TICKS);
    await setImmediate();
  }
}
