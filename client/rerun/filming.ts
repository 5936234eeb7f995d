import { msOf } from "../../shared/core/time.ts";
import { type Match, TICK_MS } from "../../shared/match/match.ts";
import { Truth } from "../../shared/match/truth.ts";
import { WhatIf } from "../../shared/match/whatIf.ts";
import type { Plain } from "../../shared/wire/delta.ts";
import { Camera, type Clip, FRAME_MS } from "../../shared/wire/film.ts";
import { packView } from "../../shared/wire/packedView.ts";
import type { Playable } from "./playable.ts";
import type { Work } from "./slices.ts";
import type { GivenWrong } from "./speech.ts";

const FRAME_TICKS = FRAME_MS / TICK_MS;

/**
 * Plays a recorded match to its end, and hands out a film of it clip by clip where one is wanted: what the crew's
 * monitoring showed, and what was really so. Looking has no effect on what happens.
 */
export function* filming({ file, level }: Playable, take: ((clip: Clip) => void) | null): Work<WhatIf> {
  const again = new WhatIf({ ...file, level });
  const camera = take === null ? null : new Camera();
  const frame = framesOf(again.match);
  for (let tick = 0; !again.match.over; tick += FRAME_TICKS) {
    again.playTo(tick >= file.ticks ? Infinity : tick);
    const clip = camera?.shoot(frame());
    if (clip) take!(clip);
    yield again.share;
  }
  const last = camera?.cut();
  if (last) take!(last);
  return again;
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

/** All wrong answers of a match that is over, by when they were given: some were found only at the end. */
export function givenWrong({ record }: Match): GivenWrong[] {
  return record.wrong.flatMap(({ node, anomaly }) => {
    const { completedAtUs } = record.history.operation(anomaly.operation);
    return node < 0 ? [] : [{ node, atMs: msOf(completedAtUs) }];
  });
}
