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
  /** Equal to `openX` when no answer ever came. */
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
  readonly ticks: readonly { readonly x: number; readonly ms: number }[];
  x(ms: number): number;
}

const WIDTH = 880;
const LEFT = 132;
const RIGHT = 24;
const ROW = 64;
const TOP = 34;

/** Lays out a story: a line for each client and each node that answered, in the order in which they come up. */
export function planTimeSpace(story: AnomalyStory): TimeSpacePlan {
  const { operations } = story;
  const ends = operations.map(({ invokedAtMs, completedAtMs }) => Math.max(invokedAtMs, completedAtMs));
  const from = Math.min(...operations.map(({ invokedAtMs }) => invokedAtMs));
  const span = Math.max(40, Math.max(...ends) - from);
  const startMs = from - span * 0.06;
  const endMs = from + span * 1.14;
  const x = (ms: number): number => LEFT + ((ms - startMs) / (endMs - startMs)) * (WIDTH - LEFT - RIGHT);
  const lines = linesOf(operations);
  const yOf = (kind: Line["kind"], name: string): number | null => lines.find((line) => line.kind === kind && line.name === name)?.y ?? null;
  return {
    width: WIDTH,
    height: TOP + lines.length * ROW + 40,
    left: LEFT,
    lines,
    operations: operations.map((operation) => ({
      operation,
      fromX: x(operation.invokedAtMs),
      toX: operation.completedAtMs < 0 ? x(endMs) : x(operation.completedAtMs),
      clientY: yOf("client", operation.client) ?? TOP,
      nodeY: operation.node === "" ? null : yOf("node", operation.node),
    })),
    ticks: ticksOf(startMs, endMs).map((ms) => ({ x: x(ms), ms })),
    x,
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

/** Round times, about four of them. */
function ticksOf(startMs: number, endMs: number): number[] {
  const steps = [10, 20, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000];
  const step = steps.find((one) => (endMs - startMs) / one <= 5) ?? 120_000;
  const first = Math.ceil(startMs / step) * step;
  return Array.from({ length: Math.floor((endMs - first) / step) + 1 }, (_, at) => first + at * step);
}
