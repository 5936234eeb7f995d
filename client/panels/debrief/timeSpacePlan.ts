import { brokenTime } from "./brokenTime.ts";
import type { AnomalyStory, StoryOperation } from "../../../shared/match/debrief.ts";

/** A line of the diagram: a client or a node, from the past on the left to now on the right. */
export interface Line {
  readonly kind: "client" | "node";
  readonly name: string;
  readonly note: string;
  readonly y: number;
}

/** An operation with where it is drawn. */
export interface Drawn {
  readonly operation: StoryOperation;
  readonly fromX: number;
  /** The right edge when no answer ever came. */
  readonly toX: number;
  readonly clientY: number;
  /** The line of the node that answered; null when none did. */
  readonly nodeY: number | null;
}

/** The whole diagram, in units of its drawing. */
export interface TimeSpacePlan {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly lines: readonly Line[];
  readonly operations: readonly Drawn[];
  readonly ticks: readonly Tick[];
  /** Where time is cut short. */
  readonly breaks: readonly number[];
}

/** A time written under the diagram. */
interface Tick {
  readonly x: number;
  readonly ms: number;
}

const WIDTH = 880;
const LEFT = 152;
const RIGHT = 24;
const ROW = 64;
const TOP = 34;
const TICK_ROOM = 110;

/** Lays out a story: a line for each client and each node that answered, in the order in which they come up. */
export function planTimeSpace(story: AnomalyStory): TimeSpacePlan {
  const { operations } = story;
  const moments = operations.flatMap(({ invokedAtMs, completedAtMs }) => [
    invokedAtMs,
    Math.max(invokedAtMs, completedAtMs),
  ]);
  const time = brokenTime(moments);
  const x = (ms: number): number => LEFT + time.at(ms) * (WIDTH - LEFT - RIGHT);
  const lines = linesOf(operations);
  const yOf = (kind: Line["kind"], name: string): number | null =>
    lines.find((line) => line.kind === kind && line.name === name)?.y ?? null;
  return {
    width: WIDTH,
    height: TOP + lines.length * ROW + 40,
    left: LEFT,
    lines,
    operations: operations.map((operation) => ({
      operation,
      fromX: x(operation.invokedAtMs),
      toX: operation.completedAtMs < 0 ? WIDTH - RIGHT : x(operation.completedAtMs),
      clientY: yOf("client", operation.client) ?? TOP,
      nodeY: operation.node === "" ? null : yOf("node", operation.node),
    })),
    ticks: apart(operations.map(({ invokedAtMs }) => ({ x: x(invokedAtMs), ms: invokedAtMs }))),
    breaks: time.gaps.map(({ fromMs, untilMs }) => (x(fromMs) + x(untilMs)) / 2),
  };
}

function linesOf(operations: readonly StoryOperation[]): Line[] {
  const lines: Omit<Line, "y">[] = [];
  const add = (line: Omit<Line, "y">): void => {
    if (!lines.some(({ kind, name }) => kind === line.kind && name === line.name)) lines.push(line);
  };
  for (const { client, zone, node } of operations) {
    add({ kind: "client", name: client, note: zone });
    if (node !== "") add({ kind: "node", name: node, note: "" });
  }
  return lines.map((line, at) => ({ ...line, y: TOP + at * ROW }));
}

/** Ticks that leave each other room for their figures. */
function apart(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks.toSorted((a, b) => a.x - b.x)) {
    if (tick.x - (kept.at(-1)?.x ?? -TICK_ROOM) >= TICK_ROOM) kept.push(tick);
  }
  return kept;
}
