import { msOf, usOf, type Ms, type Us } from "../../core/time.ts";
import type { Message } from "../../sim/message.ts";
import type { MessageWatch, SentMessage } from "../../sim/messageWatch.ts";
import { CHANNEL } from "../../sim/process.ts";
import type { Match } from "../match.ts";
import type { MessageFate } from "./evidence.ts";
import { messageWords } from "./messageWords.ts";
import { Speakers } from "./speakers.ts";

/** A message under way, for drawing it on the map. */
export interface UnderWay {
  /** Places as in `FlowView`: `z0`, `n3`. */
  readonly from: string;
  readonly to: string;
  readonly words: string;
  readonly sentAtMs: Ms;
  /** When it arrives; of one that is lost, when it would have. */
  readonly arrivesAtMs: Ms;
  /** What will become of it, as far as the network knows: whether its receiver is down shows when it arrives. */
  readonly fate: MessageFate;
}

/** Messages looked after before those that have arrived are forgotten. */
const FORGET_AT = 1_024;

/**
 * Keeps the messages that are under way in a match, and no others, so that a film can show them. Attach it to a match
 * before its first tick; it changes nothing.
 */
export class MessageLog implements MessageWatch {
  readonly #match: Match;
  readonly #speakers: Speakers;
  #underWay: SentMessage[] = [];
  #forgetAt = FORGET_AT;

  constructor(match: Match) {
    this.#match = match;
    this.#speakers = new Speakers(match.cluster);
    match.cluster.world.watchMessages(this);
  }

  /** At most `most` of those under way at a moment not before the last one that was asked for; the most telling first. */
  inFlight(atMs: Ms, most: number): UnderWay[] {
    this.#forget(usOf(atMs));
    return this.#underWay
      .filter(({ sentAtUs }) => sentAtUs <= usOf(atMs))
      .map((sent) => ({ sent, rank: this.#rank(sent) }))
      .toSorted((one, other) => one.rank - other.rank)
      .slice(0, most)
      .map(({ sent }) => this.#tell(sent));
  }

  sent(sent: SentMessage): void {
    this.#underWay.push(sent);
    if (this.#underWay.length >= this.#forgetAt) this.#forget(this.#match.cluster.world.kernel.nowUs);
  }

  received(): void {}
  unheard(): void {}
  worked(): void {}
  ended(): void {}

  #forget(nowUs: Us): void {
    this.#underWay = this.#underWay.filter(({ dueAtUs }) => dueAtUs > nowUs);
    this.#forgetAt = FORGET_AT + 2 * this.#underWay.length;
  }

  /** What is lost, then requests and replies, then replicated writes, then their other talk, and probes last. */
  #rank({ from, channel, message, fate }: SentMessage): number {
    if (channel === CHANNEL.requests) {
      const isProbe = /probe/i.test((message as Message).type);
      return isProbe ? 5 : fate === "underWay" ? 1 : 0;
    }
    const brings = this.#speakers.payload(from, message) > 0;
    return brings ? (fate === "underWay" ? 2 : 0) : fate === "underWay" ? 4 : 3;
  }

  #tell(sent: SentMessage): UnderWay {
    const { from, to, sentAtUs, dueAtUs, fate } = sent;
    return {
      from: this.#speakers.place(from),
      to: this.#speakers.place(to),
      words: messageWords(sent, this.#speakers.telling(from)),
      sentAtMs: msOf(sentAtUs),
      arrivesAtMs: msOf(dueAtUs),
      fate: fate === "underWay" ? "arrived" : fate,
    };
  }
}
