import type { AnomalyStory } from "../../../shared/match/debrief.ts";
import type { Evidence, StoryMessage } from "../../../shared/match/evidence/evidence.ts";

/** The messages of a story: those that are drawn, those that came after it, and how many are left out of the drawing. */
export interface ChosenMessages {
  readonly drawn: readonly StoryMessage[];
  /** Of writes that reached somebody only after the wrong answer: the first word of each to each. */
  readonly tooLate: readonly StoryMessage[];
  readonly leftOut: number;
}

/** A message as it is drawn: an arrow, or a line that ends in a cross. */
export interface DrawnMessage {
  readonly message: StoryMessage;
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  readonly isLost: boolean;
  readonly plate: Plate | null;
}

/** Where the words of a message stand. */
export interface Plate {
  readonly x: number;
  readonly y: number;
  readonly words: string;
}

/** How times and names come to places of the drawing. */
export interface Scale {
  x(ms: number): number;
  /** Null for who has no line. */
  y(name: string): number | null;
  /** Where the fog stands, null when there is none. */
  readonly fogY: number | null;
}

/** Messages drawn at most; the list beneath has all of them. */
const DRAWN_MAX = 24;
const RANK: Readonly<Record<StoryMessage["kind"], number>> = { ask: 0, reply: 0, carry: 1, answer: 2, other: 3 };
/** Width of a letter of a plate, and its height, in units of the drawing. */
const LETTER = 6.9;
const PLATE_HEIGHT = 17;
/** Longest words on a plate; a message that is pointed at says all of them. */
const PLATE_LETTERS = 30;
/** Where along its arrow a plate may stand. */
const PLACES = [0.5, 0.36, 0.64, 0.24, 0.76];

/** What a story shows of its evidence: the first that matter, up to the wrong answer. */
export function chooseMessages({ operations }: AnomalyStory, { messages }: Evidence): ChosenMessages {
  const told = new Set(operations.map(({ id }) => id));
  const endMs = Math.max(...operations.map(({ invokedAtMs, completedAtMs }) => Math.max(invokedAtMs, completedAtMs)));
  const ours = messages.filter(({ operation }) => told.has(operation));
  const inTime = ours.filter(({ sentAtMs }) => sentAtMs <= endMs);
  const weighed = inTime.toSorted((a, b) => RANK[a.kind] - RANK[b.kind] || a.sentAtMs - b.sentAtMs);
  const drawn = weighed.slice(0, DRAWN_MAX).toSorted((a, b) => a.sentAtMs - b.sentAtMs);
  const late = ours.filter(({ sentAtMs, kind, fate }) => sentAtMs > endMs && kind === "carry" && fate === "arrived");
  const first = late.filter(({ to, operation }, at) => at === late.findIndex((one) => one.to === to && one.operation === operation));
  return { drawn, tooLate: first, leftOut: inTime.length - drawn.length };
}

/** Gives each message its arrow, and words to those of replication where there is room beside other `texts`. */
export function placeMessages(
  messages: readonly StoryMessage[],
  scale: Scale,
  texts: readonly Plate[] = [],
): DrawnMessage[] {
  const taken = [...texts];
  return messages.flatMap((message) => {
    const [fromY, endY] = [scale.y(message.from), scale.y(message.to)];
    if (fromY === null || endY === null || fromY === endY) return [];
    const isLost = message.fate !== "arrived";
    const share = isLost ? shareUntilLost(message, { fromY, endY, fogY: scale.fogY }) : 1;
    const [fromX, endX] = [scale.x(message.sentAtMs), scale.x(isLost ? message.dueAtMs : message.arrivedAtMs)];
    const arrow = { fromX, fromY, toX: fromX + (endX - fromX) * share, toY: fromY + (endY - fromY) * share };
    const plate = RANK[message.kind] === 0 && !isLost ? null : plateOn(message, arrow, taken);
    if (plate !== null) taken.push(plate);
    return [{ message, ...arrow, isLost, plate }];
  });
}

/** What is cut ends in the fog, where the drawing has some; what is lost ends on the way; a dead machine is reached. */
function shareUntilLost(message: StoryMessage, ends: { fromY: number; endY: number; fogY: number | null }): number {
  const { fromY, endY, fogY } = ends;
  if (message.fate === "dropped") return 0.92;
  if (fogY === null || (fogY - fromY) * (fogY - endY) >= 0) return 0.6;
  return (fogY - fromY) / (endY - fromY);
}

function plateOn(
  { words }: StoryMessage,
  { fromX, fromY, toX, toY }: Pick<DrawnMessage, "fromX" | "fromY" | "toX" | "toY">,
  taken: readonly Plate[],
): Plate | null {
  const short = words.length <= PLATE_LETTERS ? words : `${words.slice(0, PLATE_LETTERS - 1)}…`;
  for (const place of PLACES) {
    const plate = { x: fromX + (toX - fromX) * place, y: fromY + (toY - fromY) * place + 4, words: short };
    if (taken.every((other) => isApart(plate, other))) return plate;
  }
  return null;
}

function isApart(one: Plate, other: Plate): boolean {
  const room = ((one.words.length + other.words.length) * LETTER) / 2 + 8;
  return Math.abs(one.x - other.x) > room || Math.abs(one.y - other.y) > PLATE_HEIGHT;
}
