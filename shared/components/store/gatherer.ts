import type { Distribution } from "../../core/distribution.ts";
import { blockOf } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Ms, type Us } from "../../core/time.ts";
import type { Reply, Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Endpoint, type Question, type Standing } from "../endpoint.ts";
import type { InsideReply } from "./inside.ts";
import type { ShardMap } from "./shardMap.ts";

/** How scans are put together; operators may change it. */
export interface Gathering {
  /** After so long without the last shard's part, ms, a scan is answered with what there is, or refused. */
  timeoutMs: Ms;
  /** Whether an answer that lacks some keys is better than none. */
  partial: boolean;
}

/** What a gatherer needs of its store. */
export interface Gathered {
  readonly map: ShardMap;
  readonly gathering: Gathering;
  /** The replica of a shard that is asked from this zone. */
  replicaNear(shard: number, zone: number): ProcessId;
  readonly costUs: Distribution;
}

/** A scan under way. */
interface Scan {
  readonly request: Request;
  /** How many keys it is about. */
  readonly size: number;
  readonly untilUs: Us;
  readonly found: Map<number, number | null>;
  left: number;
  /** Why the last part that failed did. */
  reason: string;
}

/** Some keys of a scan that are asked for; to be asked again when `isAgain`. */
interface Part {
  readonly scan: Scan;
  readonly keys: readonly number[];
}

/** What a gatherer asks a replica for. */
interface PartQuestion extends Question {
  readonly keys: readonly number[];
}

/** How soon a shard is asked again whose keys are just moving. */
const AGAIN_US: Us = 20_000;

/**
 * Answers what one shard can't: asks all shards that have keys of a scan at once, and waits for the slowest. So a scan over
 * n shards is slow as soon as one of n is: with a share p of slow answers, 1 − (1 − p)ⁿ of the scans are.
 * Source: Dean & Barroso 2013, The tail at scale, "Component-level variability amplified by scale".
 */
export class Gatherer extends Endpoint<Part> {
  readonly #store: Gathered;
  readonly #luck: Stream;

  constructor(standing: Standing, store: Gathered) {
    super(standing);
    this.#store = store;
    this.#luck = this.world.streams.stream("gathering", `${this.index}/${this.machine.index}`);
  }

  protected costUs(): Us {
    return this.#store.costUs.sample(this.#luck);
  }

  protected serve(request: Request): void {
    const untilUs = this.world.kernel.nowUs + usOf(this.#store.gathering.timeoutMs);
    const keys = blockOf(request.key, request.argument ?? 1).filter((key) => key < this.#store.map.space.keys);
    const scan: Scan = { request, size: keys.length, untilUs, found: new Map(), left: 0, reason: "timeout" };
    this.#scatter(scan, keys);
  }

  protected override answered({ scan, keys }: Part, reply: Reply | null): void {
    scan.left--;
    if (reply?.outcome === "ok") {
      const { found } = reply as InsideReply;
      keys.forEach((key, place) => scan.found.set(key, found?.[place] ?? null));
    } else if (reply?.reason === "moving") {
      scan.left++;
      this.pause({ scan, keys }, AGAIN_US);
    } else {
      scan.reason = reply?.reason ?? "timeout";
    }
    if (scan.left === 0) this.#end(scan);
  }

  protected override resumed({ scan, keys }: Part): void {
    scan.left--;
    if (this.world.kernel.nowUs < scan.untilUs) this.#scatter(scan, keys);
    else if (scan.left === 0) this.#end(scan);
  }

  /** Asks every shard that has some of these keys. */
  #scatter(scan: Scan, keys: readonly number[]): void {
    const byShard = new Map<number, number[]>();
    for (const key of keys) {
      const shard = this.#store.map.ownerOf(key);
      byShard.set(shard, [...(byShard.get(shard) ?? []), key]);
    }
    scan.left += byShard.size;
    const leftMs = Math.max(1, (scan.untilUs - this.world.kernel.nowUs) / 1_000);
    for (const [shard, part] of byShard) {
      const { operation, session, priority, target } = scan.request;
      const to = this.#store.replicaNear(shard, this.machine.zone);
      const question: PartQuestion = { target, kind: "read", key: part[0]!, operation, session, priority, keys: part };
      this.call(to, question, { scan, keys: part }, leftMs);
    }
  }

  /** All parts are there, or given up. */
  #end({ request, size, found, reason }: Scan): void {
    if (found.size < size && (!this.#store.gathering.partial || found.size === 0)) {
      this.refuse(request, reason === "timeout" ? "shardSilent" : reason);
      return;
    }
    const values = [...found].sort(([a], [b]) => a - b).flatMap(([, value]) => (value === null ? [] : [value]));
    this.ok(request, { value: found.size, values });
  }
}
