import type { Distribution } from "../core/distribution.ts";
import type { RandomStreams, Stream } from "../core/random.ts";
import { usOf, US_PER_SECOND, type Ms, type Us } from "../core/time.ts";
import { Afflictions } from "./affliction.ts";

/** One-way delay of a link: median and 99th percentile, log-normal between them. */
export interface LinkSetup {
  readonly p50Ms: Ms;
  readonly p99Ms: Ms;
  /** The whole distribution, µs, where two figures do not tell it: measured delays, or those of a paper. */
  readonly delayUs?: Distribution;
  /** What each lane carries, bytes a second; left out: all that is sent. */
  readonly bytesPerSecond?: number;
}

/** What a fault does to a lane. */
export interface Affliction {
  readonly cut?: boolean;
  /** Share of messages lost, 0 to 1. */
  readonly loss?: number;
  /** Delays are multiplied by this. */
  readonly slowdown?: number;
  /** Share of messages that arrive twice, 0 to 1. */
  readonly duplicate?: number;
  /** Share of messages that are held back, 0 to 1, so that later ones overtake them. */
  readonly reorder?: number;
  /** How long at most, ms. */
  readonly reorderMs?: Ms;
  /** What the lane still carries, bytes a second. */
  readonly bytesPerSecond?: number;
  /** In words, for the ledger of losses: "partition A | B C". */
  readonly trouble: string;
}

/** What would wait longer than this for a full lane is dropped: a buffer of a second, as in routers that hold too much. */
const WAIT_MAX_US: Us = US_PER_SECOND;

/**
 * One direction of the way between two zones (or within one).
 * Simplified: a full lane is a queue of whole messages in the order in which they were sent, so a snapshot holds up the
 * heartbeats behind it; real connections share a link packet by packet.
 */
export class Lane {
  readonly from: number;
  readonly to: number;
  readonly link: LinkSetup;
  readonly delayUs: Distribution;
  readonly #luck: Stream;
  readonly #lossLuck: Stream;
  readonly #duplicateLuck: Stream;
  readonly #reorderLuck: Stream;
  readonly #afflictions = new Afflictions<Affliction>();
  slowdown = 1;
  loss = 0;
  duplicate = 0;
  reorder = 0;
  reorderMs: Ms = 0;
  bytesPerSecond: number;
  cut = false;
  /** What is wrong, in words; empty while all is well. */
  trouble = "";
  /** Bytes sent so far, those lost on the way included. */
  bytes = 0;
  /** When the last byte that was let in will have left, µs. */
  #freeAtUs: Us = 0;

  /** `name` tells its streams of luck from those of other lanes: "asks/0>2". */
  constructor(from: number, to: number, link: LinkSetup, delayUs: Distribution, streams: RandomStreams, name: string) {
    this.from = from;
    this.to = to;
    this.link = link;
    this.delayUs = delayUs;
    this.bytesPerSecond = link.bytesPerSecond ?? Infinity;
    this.#luck = streams.stream("latency", name);
    this.#lossLuck = streams.stream("loss", name);
    this.#duplicateLuck = streams.stream("duplicate", name);
    this.#reorderLuck = streams.stream("reorder", name);
  }

  afflict(fault: number, affliction: Affliction): void {
    this.#afflictions.set(fault, affliction);
    this.#sumUp();
  }

  relieve(fault: number): void {
    if (this.#afflictions.delete(fault)) this.#sumUp();
  }

  /** A crew mended the link: whatever ailed it is gone. */
  mend(): void {
    this.#afflictions.clear();
    this.#sumUp();
  }

  /**
   * Time that the next message takes, sent now, or −1 when it is lost. Each trouble has luck of its own, drawn only while
   * it is there; the plain delay is drawn for every message, so that no trouble changes the luck of later ones.
   */
  carry(bytes: number, nowUs: Us): Us {
    let delayUs = this.delayUs.sample(this.#luck) * this.slowdown;
    if (this.cut) return -1;
    this.bytes += bytes;
    if (this.loss > 0 && this.#lossLuck() < this.loss) return -1;
    if (this.reorder > 0 && this.#reorderLuck() < this.reorder) delayUs += usOf(this.reorderMs) * this.#reorderLuck();
    if (this.bytesPerSecond === Infinity) return delayUs;
    const startsUs = Math.max(nowUs, this.#freeAtUs);
    if (startsUs - nowUs > WAIT_MAX_US) return -1;
    this.#freeAtUs = startsUs + (bytes / this.bytesPerSecond) * US_PER_SECOND;
    return delayUs + this.#freeAtUs - nowUs;
  }

  /** Time that a second copy of the message takes, or −1 when there is none. */
  repeat(): Us {
    if (this.duplicate === 0 || this.#duplicateLuck() >= this.duplicate) return -1;
    return this.delayUs.sample(this.#duplicateLuck) * this.slowdown;
  }

  #sumUp(): void {
    const all = [...this.#afflictions.all()];
    this.cut = all.some(({ cut }) => cut === true);
    this.slowdown = all.reduce((product, { slowdown = 1 }) => product * slowdown, 1);
    this.loss = together(all.map(({ loss = 0 }) => loss));
    this.duplicate = together(all.map(({ duplicate = 0 }) => duplicate));
    this.reorder = together(all.map(({ reorder = 0 }) => reorder));
    this.reorderMs = Math.max(0, ...all.map(({ reorderMs = 0 }) => reorderMs));
    this.bytesPerSecond = Math.min(
      this.link.bytesPerSecond ?? Infinity,
      ...all.map((one) => one.bytesPerSecond ?? Infinity),
    );
    this.trouble = all.at(-1)?.trouble ?? "";
  }
}

/** The share of messages that at least one of several independent sorrows strikes. */
function together(shares: readonly number[]): number {
  return 1 - shares.reduce((spared, share) => spared * (1 - share), 1);
}
