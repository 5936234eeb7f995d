import type { View } from "../../shared/match/view.ts";
import { difference, type Plain } from "../../shared/wire/delta.ts";
import { packView } from "../../shared/wire/packedView.ts";
import type { Pushes } from "../../shared/wire/room.ts";

/**
 * What one client has been shown, so that only what changed since goes over the wire. A client that can't keep up is
 * skipped, and gets everything it missed as one difference later: the feed never piles up behind a slow phone.
 */
export class ViewFeed {
  /** The match it is a feed of; another match needs another feed. */
  readonly matchId: string;
  #shown: Plain | undefined;

  constructor(matchId: string) {
    this.matchId = matchId;
  }

  /** The push that brings the client to `view`, or undefined when it is there already. */
  next(view: View): Pushes["view"] | undefined {
    const plain = packView(view);
    const patch = this.#shown === undefined ? undefined : difference(this.#shown, plain);
    const first = this.#shown === undefined;
    this.#shown = plain;
    if (first) return { full: plain };
    return patch === undefined ? undefined : { patch };
  }
}
