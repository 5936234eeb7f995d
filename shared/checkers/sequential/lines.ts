import type { Us } from "../../core/time.ts";
import type { Operation } from "../../history/operation.ts";
import { strayedOf } from "../views/viewTransactions.ts";

/** A write or cas that has taken effect, and where an order of all writes puts it. */
export interface Write {
  readonly key: number;
  readonly startUs: Us;
  /** Its answer, or the first answer that showed it. */
  endUs: Us;
  /** Place in the order, from 0. */
  place: number;
  /** Writes that come later. */
  readonly before: Set<Write>;
  /** The next write of the same key in the order. */
  next: Write | undefined;
}

/** One operation of a client: what it saw (null: an empty key; undefined: it did not look), and what it wrote. */
export interface Step {
  readonly key: number;
  readonly saw: Write | null | undefined;
  readonly wrote: Write | undefined;
}

/** A history as writes and the lines of its clients. */
export interface Lines {
  readonly writes: readonly Write[];
  readonly lines: readonly (readonly Step[])[];
}

/** What of a history has to be explained: answers, and writes without an answer that somebody saw. */
export function linesOf(operations: readonly Operation[]): Lines {
  const asked = new Map<string, Write>();
  for (const { kind, key, argument, invokedAtUs: startUs } of operations) {
    if (kind === "read") continue;
    asked.set(nameOf(key, argument), { key, startUs, endUs: Infinity, place: 0, before: new Set(), next: undefined });
  }
  const answers = operations.filter(({ outcome }) => outcome === "ok").sort((a, b) => a.completedAtUs - b.completedAtUs || a.id - b.id);
  const lines = new Map<number, Step[]>();
  const happened = new Set<Write>();
  for (const { kind, key, session, argument, expected, result, completedAtUs } of answers) {
    const value = kind === "cas" ? expected : result;
    const saw = kind === "write" ? undefined : value === null ? null : asked.get(nameOf(key, value))!;
    const wrote = kind === "read" ? undefined : asked.get(nameOf(key, argument))!;
    for (const write of [saw, wrote]) {
      if (write === undefined || write === null) continue;
      write.endUs = Math.min(write.endUs, completedAtUs);
      happened.add(write);
    }
    addStep(lines, session, { key, saw, wrote });
  }
  // A write without an answer is the last thing that its client did, or has no place in its line.
  const strayed = strayedOf(operations);
  for (const operation of operations) {
    const { kind, outcome, key, session, argument, id } = operation;
    const wrote = kind === "read" || outcome !== "unknown" ? undefined : asked.get(nameOf(key, argument))!;
    if (wrote === undefined || !happened.has(wrote)) continue;
    addStep(lines, strayed.has(operation) ? -1 - id : session, { key, saw: undefined, wrote });
  }
  for (const line of lines.values()) addOrderOf(line);
  return { writes: [...happened], lines: [...lines.values()] };
}

function addStep(lines: Map<number, Step[]>, session: number, step: Step): void {
  const line = lines.get(session);
  if (line === undefined) lines.set(session, [step]);
  else line.push(step);
}

/** What a line says by itself: its writes come in their order, behind all that it had seen; and what it sees, key by key. */
function addOrderOf(line: readonly Step[]): void {
  let last: Write | undefined;
  let seen: Write[] = [];
  const newest = new Map<number, Write>();
  for (const { key, saw, wrote } of line) {
    const known = newest.get(key);
    if (saw && known !== saw) {
      known?.before.add(saw);
      newest.set(key, saw);
      seen.push(saw);
    }
    if (wrote === undefined) continue;
    for (const write of seen) write.before.add(wrote);
    last?.before.add(wrote);
    newest.set(key, wrote);
    last = wrote;
    seen = [];
  }
}

const nameOf = (key: number, value: number | null): string => `${key} ${value}`;
