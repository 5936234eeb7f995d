import { clusterLevel, type ClusterSize } from "./clusterLevel.ts";
import { type Bench, type Figure, median } from "./figure.ts";
import { play } from "./play.ts";

const RUNS = 3;
const SIZES: readonly (ClusterSize & { readonly aim: number })[] = [
  { machines: 50, requestsPerSecond: 2_000, seconds: 60, aim: 60 },
  { machines: 200, requestsPerSecond: 20_000, seconds: 15, aim: 5 },
];

/** How much simulated time a CPU second buys in larger clusters, with everything on as in a match. */
export const clusterSpeed: Bench = {
  name: "clusters",
  async run() {
    return SIZES.flatMap(figuresOf);
  },
};

function figuresOf(size: (typeof SIZES)[number]): Figure[] {
  const level = clusterLevel(size);
  const runs = Array.from({ length: RUNS }, () => play(level));
  const seconds = median(runs.map((run) => run.seconds));
  const { events, match } = runs[0]!;
  const { served, late, refused, unknown, wrong } = match.record.ledger.counts;
  const load = `${size.machines} machines, ${size.requestsPerSecond.toLocaleString("en")} requests/s, Raft, checked`;
  return [
    { what: `simulated seconds a CPU second: ${load}`, value: size.seconds / seconds, unit: "×", aim: { atLeast: size.aim } },
    {
      what: `events a CPU second in it`,
      value: events / seconds,
      unit: "/s",
      aim: null,
      note: `${served} served, ${late + refused + unknown + wrong} not`,
    },
  ];
}
