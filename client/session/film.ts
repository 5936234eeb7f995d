import type { Ms } from "../../shared/core/time.ts";
import type { UnderWay } from "../../shared/match/evidence/messageLog.ts";
import type { View } from "../../shared/match/view.ts";
import { FRAME_MS, type Reel } from "../../shared/wire/film.ts";
import { unpackMoment } from "../../shared/wire/packedFrame.ts";
import type { Judged } from "../rerun/speech.ts";

/** One moment of a film. */
export interface Frame {
  readonly atMs: Ms;
  /** What was really so. */
  readonly truth: View;
  /** What the crew could see, all seats together. */
  readonly monitoring: View;
  /** Messages under way, the most telling ones of them. */
  readonly messages: readonly UnderWay[];
}

/** What a match looked like from its first tick to its last; it grows while the match is played. */
export interface Film {
  readonly lastsMs: Ms;
  readonly filmedMs: Ms;
  /** The frame at a moment, or the last before it; forwards and backwards alike it takes no time to speak of. */
  frameAt(ms: Ms): Frame;
}

/**
 * The film on a reel as far as it goes. `judged`, once it is known, makes the truth show wrong answers from the moment on
 * at which they were given, although some were found only at the end.
 */
export function filmOf(reel: Reel, lastsMs: Ms, judged: Judged | null): Film {
  const last = reel.frames - 1;
  const filmedMs = Math.min(lastsMs, last * FRAME_MS);
  return {
    lastsMs,
    filmedMs,
    frameAt(ms) {
      // Moments come as sums of fractions now and then. The last frame may follow on the one before it sooner.
      const frame = ms >= filmedMs ? last : Math.floor(ms / FRAME_MS + 1e-6);
      const { shown: monitoring, truth: parts, underWay: messages } = unpackMoment(reel.at(frame));
      const truth = { ...monitoring, ...parts };
      return {
        atMs: monitoring.clockMs,
        truth: judged === null ? truth : asJudged(truth, judged, frame),
        monitoring,
        messages,
      };
    },
  };
}

function asJudged(view: View, { wrong, gauges }: Judged, frame: number): View {
  const counts = view.nodes.map(() => 0);
  for (const { node, atMs } of wrong) if (atMs <= view.clockMs || view.phase === "ended") counts[node]!++;
  const nodes = view.nodes.map((node, at) => (node.wrong === counts[at] ? node : { ...node, wrong: counts[at]! }));
  return { ...view, nodes, gauges: { ...view.gauges, ...gauges[frame] } };
}
