import type { IntentOption, PlayedIntent } from "../../rerun/asks.ts";
import type { LoggedIntent } from "../../../shared/match/intent.ts";

/** One intent of the log on the desk: as it was played, and as it is to be played now. */
export interface Edit {
  /** Stays the same whatever becomes of it. */
  readonly id: number;
  /** Null for one that was added. */
  readonly was: LoggedIntent | null;
  readonly wasText: string;
  /** Null for one that is left out. */
  readonly now: LoggedIntent | null;
  /** What it does now, in a few words; what it did, when it is left out. */
  readonly text: string;
}

/** How an intent differs from what was played. */
export type Change = "added" | "removed" | "replaced" | "moved";

/** The log as it was played, nothing changed. */
export function editsOf(intents: readonly PlayedIntent[]): Edit[] {
  return intents.map(({ logged, text }, id) => ({ id, was: logged, wasText: text, now: logged, text }));
}

/** How one differs, or null. One that was replaced and moved is replaced. */
export function changeOf({ was, now }: Edit): Change | null {
  if (was === null) return "added";
  if (now === null) return "removed";
  if (JSON.stringify(was.intent) !== JSON.stringify(now.intent) || was.operator !== now.operator) return "replaced";
  return was.tick === now.tick ? null : "moved";
}

/** The log to be played, by tick, and beside each entry the id of its edit. */
export function logOf(edits: readonly Edit[]): { readonly id: number; readonly logged: LoggedIntent }[] {
  return edits
    .flatMap(({ id, now }) => (now === null ? [] : [{ id, logged: now }]))
    .toSorted((a, b) => a.logged.tick - b.logged.tick);
}

/** At another tick. */
export function moved(edits: readonly Edit[], id: number, tick: number): Edit[] {
  return edits.map((edit) =>
    edit.id === id && edit.now !== null ? { ...edit, now: { ...edit.now, tick } } : edit,
  );
}

/** Left out; one that was added is gone altogether. */
export function leftOut(edits: readonly Edit[], id: number): Edit[] {
  return edits.flatMap((edit) => {
    if (edit.id !== id) return [edit];
    return edit.was === null ? [] : [{ ...edit, now: null, text: edit.wasText }];
  });
}

/** As it was played. */
export function asItWas(edits: readonly Edit[], id: number): Edit[] {
  return edits.map((edit) => (edit.id === id && edit.was !== null ? { ...edit, now: edit.was, text: edit.wasText } : edit));
}

/** One more. Its id is the last one's plus one, and greater than any before. */
export function withAdded(edits: readonly Edit[], tick: number, { operator, intent, text }: IntentOption): Edit[] {
  const id = Math.max(-1, ...edits.map((edit) => edit.id)) + 1;
  return [...edits, { id, was: null, wasText: "", now: { tick, operator, intent }, text }];
}

/** Something else in its place, at the same tick. */
export function replaced(edits: readonly Edit[], id: number, { operator, intent, text }: IntentOption): Edit[] {
  return edits.map((edit) =>
    edit.id === id && edit.now !== null ? { ...edit, now: { tick: edit.now.tick, operator, intent }, text } : edit,
  );
}
