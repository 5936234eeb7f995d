import { countArrivals, Yard } from "../components/yard.ts";

/** Readers who choose keys by Zipf's law, before a cache that holds some of them. */
export interface LruSetup {
  readonly keys: number;
  readonly capacity: number;
  readonly exponent: number;
  readonly requests: number;
  readonly seed: string;
}

const PER_SECOND = 2_000;
/** The first tenth fills the cache. */
const WARM_UP = 0.1;

/** Share of reads that a real cache answers without its store. */
export function lruHitRatio({ keys, capacity, exponent, requests, seed }: LruSetup): number {
  const untilMs = (requests / PER_SECOND) * 1_000;
  const yard = new Yard({
    seed,
    machines: { oak: { workers: 8 } },
    components: {
      stock: { kind: "store", on: ["oak"], protocol: "single", dial: ["linearizable"], keys, readTime: "0ms" },
      goods: {
        kind: "cache",
        on: ["oak"],
        of: "stock",
        capacity,
        ttl: "0s",
        negative: true,
        time: "0ms",
        singleFlight: false,
      },
    },
  });
  const arrivals = countArrivals(yard.world);
  const stock = yard.get("stock").index;
  const source = yard.ask({ via: "goods", to: "stock", perSecond: PER_SECOND, untilMs, keys, zipf: exponent });
  yard.runUntil(untilMs * WARM_UP);
  const before = arrivals[stock]!;
  yard.runUntil(untilMs + 1_000);
  return 1 - (arrivals[stock]! - before) / yard.seen(source, untilMs * WARM_UP).length;
}
