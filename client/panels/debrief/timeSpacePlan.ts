import type { AnomalyStory, StoryOperation, TimelineView } from "../../../shared/match/debrief.ts";
import type { AnswerState, Evidence } from "../../../shared/match/evidence/evidence.ts";
import { brokenTime } from "./brokenTime.ts";
import { type Line, linesOf, type Lines } from "./timeSpaceLines.ts";
import { type ChosenMessages, chooseMessages, type DrawnMessage, placeMessages, type Plate } from "./timeSpaceMessages.ts";

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

/** How a replica stood when it answered, on its line. */
export interface DrawnAnswer {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly mutates: boolean;
}

/** The whole diagram, in units of its drawing. */
export interface TimeSpacePlan {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly lines: readonly Line[];
  readonly fog: (NonNullable<Lines["fog"]> & { readonly fromX: number; readonly untilX: number }) | null;
  readonly operations: readonly Drawn[];
  /** Null while the messages are not known: then who asked whom is drawn in straight lines. */
  readonly messages: readonly DrawnMessage[] | null;
  readonly answers: readonly DrawnAnswer[];
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
const MARGIN = 12;
const TICK_ROOM = 104;
const NONE: ChosenMessages = { drawn: [], tooLate: [], leftOut: 0 };

/** Lays out a story: a line for each who took part, and what they said from left to right. */
export function planTimeSpace(
  story: AnomalyStory,
  evidence: Evidence | null,
  faults: TimelineView["faults"],
): TimeSpacePlan {
  const { operations } = story;
  const chosen = evidence === null ? NONE : chooseMessages(story, evidence);
  const time = brokenTime(momentsOf(operations, chosen));
  const x = (ms: number): number => LEFT + time.at(ms) * (WIDTH - LEFT - RIGHT);
  const { lines, height, fog } = linesOf(story, evidence, faults);
  const yOf = (kind: Line["kind"], name: string): number | null =>
    lines.find((line) => line.kind === kind && line.name === name)?.y ?? null;
  const y = (name: string): number | null =>
    name.startsWith("client ") ? yOf("client", name.slice("client ".length)) : yOf("node", name);
  const fogEnd = (ms: number): number => (ms > time.lastMs ? WIDTH - MARGIN : x(ms));
  const drawn = operations.map((operation) => ({
    operation,
    fromX: x(operation.invokedAtMs),
    toX: operation.completedAtMs < 0 ? WIDTH - RIGHT : x(operation.completedAtMs),
    clientY: yOf("client", operation.client)!,
    nodeY: operation.node === "" ? null : yOf("node", operation.node),
  }));
  const answers = answersOf(story, evidence).flatMap((answer) => {
    const at = y(answer.node);
    return at === null ? [] : [{ x: x(answer.atMs), y: at, text: answerText(answer), mutates: answer.copies > 0 }];
  });
  return {
    width: WIDTH,
    height,
    left: LEFT,
    lines,
    fog: fog === null ? null : { ...fog, fromX: x(fog.fault.fromMs), untilX: fogEnd(fog.fault.untilMs) },
    operations: drawn,
    messages:
      evidence === null ? null : placeMessages(chosen.drawn, { x, y, fogY: fog?.y ?? null }, textsOf(drawn, answers)),
    answers,
    ticks: apart(operations.map(({ invokedAtMs }) => ({ x: x(invokedAtMs), ms: invokedAtMs }))),
    breaks: time.gaps.map(({ fromMs, untilMs }) => (x(fromMs) + x(untilMs)) / 2),
  };
}

function momentsOf(operations: readonly StoryOperation[], { drawn }: ChosenMessages): number[] {
  const asked = operations.flatMap(({ invokedAtMs, completedAtMs }) => [invokedAtMs, Math.max(invokedAtMs, completedAtMs)]);
  const said = drawn.flatMap(({ sentAtMs, arrivedAtMs, dueAtMs }) => [sentAtMs, arrivedAtMs < 0 ? dueAtMs : arrivedAtMs]);
  return [...asked, ...said];
}

/** What is written on the diagram anyway, so that no message's words stand on it. */
function textsOf(operations: readonly Drawn[], answers: readonly DrawnAnswer[]): Plate[] {
  const beside = answers.map(({ x, y, text }) => ({ x: x + 11 + text.length * 3.4, y: y - 9, words: text }));
  const onBars = operations.map(({ operation, fromX, toX, clientY, nodeY }) => {
    const isBelow = nodeY !== null && nodeY < clientY;
    return { x: (fromX + toX) / 2, y: isBelow ? clientY + 24 : clientY - 13, words: operation.text };
  });
  return [...beside, ...onBars];
}

/** The last word of each operation: a retry may have been answered again. */
function answersOf({ operations }: AnomalyStory, evidence: Evidence | null): AnswerState[] {
  return operations.flatMap(({ id }) => evidence?.answers.findLast(({ operation }) => operation === id) ?? []);
}

function answerText({ copies, replicas, position, behind }: AnswerState): string {
  if (copies > 0) return `${copies} of ${replicas} had it`;
  if (behind < 0) return "";
  return behind === 0 ? `up to date, entry ${position}` : `last applied: entry ${position}, ${behind} behind`;
}

/** Ticks that leave each other room for their figures. */
function apart(ticks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks.toSorted((a, b) => a.x - b.x)) {
    if (tick.x - (kept.at(-1)?.x ?? -TICK_ROOM) >= TICK_ROOM) kept.push(tick);
  }
  return kept;
}
