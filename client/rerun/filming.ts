import { msOf } from "../../shared/core/time.ts";
import { MessageLog } from "../../shared/match/evidence/messageLog.ts";
import { judgedGauges } from "../../shared/match/judgedGauges.ts";
import { type Match, TICK_MS } from "../../shared/match/match.ts";
import { Truth } from "../../shared/match/truth.ts";
import { WhatIf } from "../../shared/match/whatIf.ts";
import type { Plain } from "../../shared/wire/delta.ts";
import { Camera, type Clip, FRAME_MS } from "../../shared/wire/film.ts";
import { packMoment } from "../../shared/wire/packedFrame.ts";
import type { Playable } from "./playable.ts";
import type { Work } from "./slices.ts";
import type { Judged } from "./speech.ts";

const FRAME_TICKS = FRAME_MS / TICK_MS;
/** Messages under way that a frame shows at most: more than that nobody reads. */
const MESSAGES_MAX = 40;

/**
 * Plays a recorded match to its end, and hands out a film of it clip by clip where one is wanted: what the crew's
 * monitoring showed, and what was really so. Looking has no effect on what happens.
 */
export function* filming({ file, level }: Playable, take: ((clip: Clip) => void) | null): Work<WhatIf> {
  const again = new WhatIf({ ...file, level });
  const camera = take === null ? null : new Camera();
  const frame = camera === null ? null : framesOf(again.match);
  for (let tick = 0; !again.match.over; tick += FRAME_TICKS) {
    again.playTo(tick >= file.ticks ? Infinity : tick);
    const clip = camera?.shoot(frame!()) ?? null;
    if (clip !== null) take!(clip);
    yield again.share;
  }
  const last = camera?.cut() ?? null;
  if (last !== null) take!(last);
  return again;
}

/** Takes frames of a match: begin before its first tick, and call it every `FRAME_MS` of its time. */
export function framesOf(match: Match): () => Plain {
  const truth = new Truth(match.cluster);
  const messages = new MessageLog(match);
  const lead = match.operators.findIndex(({ roles }) => roles.includes("lead"));
  return () => {
    const shown = match.view(Math.max(0, lead));
    return packMoment({ shown, truth: truth.look(shown), underWay: messages.inFlight(match.clockMs, MESSAGES_MAX) });
  };
}

/** What is known now that a match is over: answers as they were judged in the end, by when they were given. */
export function judgedOf(match: Match): Judged {
  const { record, lastsMs } = match;
  const wrong = record.wrong.flatMap(({ node, anomaly }) => {
    const { completedAtUs } = record.history.operation(anomaly.operation);
    return node < 0 ? [] : [{ node, atMs: msOf(completedAtUs) }];
  });
  const moments = Array.from({ length: Math.ceil(lastsMs / FRAME_MS) }, (_, frame) => frame * FRAME_MS);
  return { wrong, gauges: judgedGauges(match, [...moments, Infinity]) };
}
