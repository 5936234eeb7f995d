import type { Ms } from "../core/time.ts";
import type { UnderWay } from "../match/evidence/messageLog.ts";
import type { TrueParts } from "../match/truth.ts";
import type { View } from "../match/view.ts";
import type { Plain } from "./delta.ts";
import { packView, unpackView } from "./packedView.ts";

/** One moment of a film: what was shown, what was so, and which messages were under way. */
export interface Moment {
  readonly shown: View;
  readonly truth: TrueParts;
  readonly underWay: readonly UnderWay[];
}

type PackedMessage = readonly [
  from: string,
  to: string,
  words: string,
  sentAtMs: Ms,
  arrivesAtMs: Ms,
  fate: UnderWay["fate"],
];

interface Packed {
  readonly shown: Plain;
  readonly truth: TrueParts;
  readonly underWay: readonly PackedMessage[];
}

/** A moment as it is filmed. Times of messages are kept to a tenth of a millisecond, the rest as it is. */
export function packMoment({ shown, truth, underWay }: Moment): Plain {
  const messages = underWay.map(({ from, to, words, sentAtMs, arrivesAtMs, fate }): PackedMessage => {
    return [from, to, words, tenths(sentAtMs), tenths(arrivesAtMs), fate];
  });
  const packed: Packed = { shown: packView(shown), truth, underWay: messages };
  return packed as unknown as Plain;
}

/** The moment that was packed. */
export function unpackMoment(plain: Plain): Moment {
  const { shown, truth, underWay } = plain as unknown as Packed;
  const messages = underWay.map(([from, to, words, sentAtMs, arrivesAtMs, fate]) => {
    return { from, to, words, sentAtMs, arrivesAtMs, fate };
  });
  return { shown: unpackView(shown), truth, underWay: messages };
}

function tenths(ms: Ms): Ms {
  return Math.round(ms * 10) / 10;
}
