import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRefusal } from "../../../shared/core/refusal.ts";
import { parseLevel } from "../../../shared/level/parse.ts";
import type { Level } from "../../../shared/level/schema.ts";
import { eventQueueFloor } from "./eventQueueFloor.ts";
import { type Bench, median } from "./figure.ts";
import { play } from "./play.ts";

const PATH = "bench/twelve-nodes.yaml";
const RUNS = 3;
/** Events that wait at any time in this level, and how many to time the bare queue with. */
const PENDING = 2_000;
const FLOOR_EVENTS = 1_000_000;

/** The whole match, as a server plays it: simulation, history, checkers and score. */
export const matchSpeed: Bench = {
  name: "match",
  async run() {
    const level = twelveNodes();
    play(level);
    const runs = Array.from({ length: RUNS }, () => play(level));
    const seconds = median(runs.map((run) => run.seconds));
    const eventsPerSecond = runs[0]!.events / seconds;
    const floor = eventQueueFloor(PENDING, FLOOR_EVENTS);
    const load = "12 nodes, 500 requests/s, Raft, full history, checked";
    return [
      {
        what: `simulated seconds a CPU second: ${load}`,
        value: level.lasts / 1_000 / seconds,
        unit: "×",
        aim: { atLeast: 300 },
      },
      { what: "events a CPU second in that match", value: eventsPerSecond, unit: "/s", aim: null },
      { what: "events a CPU second of the bare event queue", value: floor, unit: "/s", aim: null },
      {
        what: "the queue's floor to the match's events",
        value: floor / eventsPerSecond,
        unit: "×",
        aim: { atMost: 4 },
      },
      { what: "CPU time to simulate that match of 6 minutes again", value: seconds, unit: "s", aim: { atMost: 1.5 } },
    ];
  },
};

/** The level of this bench: six minutes at 500 requests a second. */
export function twelveNodes(): Level {
  const level = parseLevel(readFileSync(join(import.meta.dirname, "twelve-nodes.yaml"), "utf8"), PATH);
  if (isRefusal(level)) throw new Error(level.sentence);
  return level;
}
