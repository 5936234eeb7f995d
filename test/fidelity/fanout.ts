import { countArrivals, Yard, type YardSetup } from "../components/yard.ts";

type Components = Record<string, YardSetup["components"][string]>;

const P99_MS = 100;
/** What calls cost beside the partner's own time: less than this. */
const OVERHEAD_MS = 0.5;
const LEAF = { kind: "partner", in: "A", p50: "10ms", p99: `${P99_MS}ms` } as const;
/** Most steps that one service takes together; more are taken over a tier in between. */
const WIDEST = 31;

/** Share of requests that wait for longer than the 99th percentile of a single call, of a service that makes so many at once. */
export function slowShare(calls: number, requests: number, seed: string): number {
  const components =
    calls > WIDEST
      ? tiersOf(calls)
      : tierOf(
          range(calls).map((leaf) => `leaf${leaf}`),
          "front",
        );
  const yard = new Yard({ seed, machines: { oak: { workers: 64 } }, components });
  const source = yard.ask({
    via: "front",
    to: Object.keys(components)[0]!,
    perSecond: 100,
    untilMs: requests * 10,
    sessions: 100,
  });
  yard.runUntil(requests * 10 + 60_000);
  const all = yard.seen(source);
  return all.filter(({ tookMs }) => tookMs > P99_MS + OVERHEAD_MS).length / all.length;
}

/** What hedging does to the service's own callee, which is there twice. */
export function hedged(hedge: boolean, requests: number, seed: string): { added: number; p99Ms: number } {
  const quiet = { time: "0ms", workers: 1_000, attempts: 1, timeout: "0s" };
  const yard = new Yard({
    seed,
    machines: { oak: { workers: 64 }, elm: { workers: 64 }, web: { workers: 64 } },
    components: {
      leaf: LEAF,
      copies: { kind: "service", on: ["oak", "elm"], calls: "leaf", ...quiet },
      front: { kind: "service", on: ["web"], calls: "copies", ...quiet, hedge },
    },
  });
  const arrivals = countArrivals(yard.world);
  const source = yard.ask({ via: "front", to: "leaf", perSecond: 100, untilMs: requests * 10, sessions: 100 });
  yard.runUntil(requests * 10 + 60_000);
  const times = yard.seen(source).map(({ tookMs }) => tookMs);
  times.sort((one, other) => one - other);
  return {
    added: arrivals[yard.get("copies").index]! / times.length - 1,
    p99Ms: times[Math.floor(0.99 * times.length)]!,
  };
}

/** A service that asks all these partners together. */
function tierOf(leaves: readonly string[], name: string): Components {
  const lines = { time: "0ms", workers: 1_000, attempts: 1, timeout: "0s", on: ["oak"] };
  const steps = leaves.length === 1 ? [] : [{ together: leaves.map((ask) => ({ ask })) }];
  const service = { kind: "service", calls: leaves, steps, ...lines } as const;
  return { ...Object.fromEntries(leaves.map((leaf) => [leaf, LEAF])), [name]: service };
}

/** Ten services of a tenth of the partners each, and one that asks all of them. */
function tiersOf(calls: number): Components {
  const parts = range(10).map((part) => range(calls / 10).map((leaf) => `leaf${part}-${leaf}`));
  const middle = parts.map((leaves, part) => tierOf(leaves, `part${part}`));
  const steps = [{ together: parts.map(([ask]) => ({ ask })) }];
  const lines = { time: "0ms", workers: 1_000, attempts: 1, timeout: "0s", on: ["oak"] };
  const front = { kind: "service", calls: parts.map((_, part) => `part${part}`), steps, ...lines } as const;
  return Object.assign({}, ...middle, { front }) as Components;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
