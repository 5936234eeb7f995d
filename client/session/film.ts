import type { Ms } from "../../shared/core/time.ts";
import type { UnderWay } from "../../shared/match/evidence/messageLog.ts";
import type { NodeView, View } from "../../shared/match/view.ts";
import { FRAME_MS, type Reel } from "../../shared/wire/film.ts";
import { unpackMoment } from "../../shared/wire/packedFrame.ts";
import type { GivenWrong } from "../rerun/speech.ts";

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
 * The film on a reel as far as it goes. `wrong`: the wrong answers that were given, which the truth shows from the moment
 * on at which they were, although some were found at the end only; empty until they are known.
 */
export function filmOf(reel: Reel, lastsMs: Ms, wrong: readonly GivenWrong[]): Film {
  const last = reel.frames - 1;
  const filmedMs = Math.min(lastsMs, last * FRAME_MS);
  return {
    lastsMs,
    filmedMs,
    frameAt(ms) {
      // Moments come as sums of fractions now and then. The last frame may follow on the one before it sooner.
      const frame = ms >= filmedMs ? last : Math.floor(ms / FRAME_MS + 1e-6);
      const { shown: monitoring, truth, underWay: messages } = unpackMoment(reel.at(frame));
      const nodes = wrong.length === 0 ? truth.nodes : withBuoys(truth.nodes, wrong, monitoring.clockMs);
      return { atMs: monitoring.clockMs, truth: { ...monitoring, ...truth, nodes }, monitoring, messages };
    },
  };
}

function withBuoys(nodes: readonly NodeView[], wrong: readonly GivenWrong[], atMs: Ms): NodeView[] {
  const counts = nodes.map(() => 0);
  for (const given of wrong) if (given.atMs <= atMs) counts[given.node]!++;
  return nodes.map((node, index) => (node.wrong === counts[index] ? node : { ...node, wrong: counts[index]! }));
}
