import { Match, TICK_MS } from "../../shared/match/match.ts";
import { Replay } from "../../shared/match/replay.ts";
import { Truth } from "../../shared/match/truth.ts";
import { Camera, type Clip, FRAME_MS } from "../../shared/wire/film.ts";
import type { Plain } from "../../shared/wire/delta.ts";
import { packView } from "../../shared/wire/packedView.ts";
import type { Playable } from "./playable.ts";
import type { Work } from "./slices.ts";

const FRAME_TICKS = FRAME_MS / TICK_MS;

/**
 * Plays a recorded match to its end, and hands out a film of it clip by clip where one is wanted: what the crew's
 * monitoring showed, and what was really so. Looking has no effect on what happens.
 */
export function* filming({ file, level }: Playable, take: ((clip: Clip) => void) | null): Work<Match> {
  const match = new Match(level, file.seed, file.crew);
  const replay = new Replay(match, file.log);
  const camera = take === null ? null : new Camera();
  const frame = framesOf(match);
  for (let tick = 0; ; tick += FRAME_TICKS) {
    replay.run(Math.min(tick, file.ticks));
    if (tick >= file.ticks) match.end();
    const clip = camera?.shoot(frame());
    if (clip) take!(clip);
    if (match.over) break;
    yield match.tick / file.ticks;
  }
  const last = camera?.cut();
  if (last) take!(last);
  return match;
}

/** Takes frames of a match: call it every `FRAME_MS` of its time. */
export function framesOf(match: Match): () => Plain {
  const truth = new Truth(match.cluster);
  const lead = Math.max(
    0,
    match.operators.findIndex(({ roles }) => roles.includes("lead")),
  );
  return () => {
    const shown = match.view(lead);
    return { shown: packView(shown), truth: truth.look(shown) } as unknown as Plain;
  };
}
