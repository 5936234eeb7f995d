import { TICK_MS } from "../../../shared/core/time.ts";
import type { LoggedIntent } from "../../../shared/match/intent.ts";
import { counted, preciseClock } from "../figures.ts";
import { changeOf, type Edit } from "./edits.ts";
import { past } from "./past.ts";

/** A piece of the title; what the change is about is lit. */
export interface Piece {
  readonly text: string;
  readonly lit: boolean;
}

/** "19 s", "0.35 s": how far an intent was moved. */
export function distanceText(ms: number): string {
  return `${Number((Math.abs(ms) / 1_000).toFixed(2))} s`;
}

/** The whole screen in one question, made from the change: "What if Sol had fenced Oak 19 s earlier?" */
export function questionOf(edits: readonly Edit[], crew: readonly { readonly name: string }[]): Piece[] {
  const changed = edits.filter((edit) => changeOf(edit) !== null);
  const [first] = changed;
  if (first === undefined) {
    const text = edits.length === 0 ? "What if somebody had done something?" : "What if one thing had been different?";
    return [{ text, lit: false }];
  }
  const nameOf = (operator: number): string => crew[operator]?.name ?? "somebody";
  const told = changeTold(first, edits, nameOf);
  const more = changed.length - 1;
  return [...told, { text: more === 0 ? "?" : ` and ${counted(more, "more change")}?`, lit: false }];
}

/** A question as one string. */
export function spokenQuestion(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

type NameOf = (operator: number) => string;

function changeTold(edit: Edit, edits: readonly Edit[], nameOf: NameOf): Piece[] {
  const { was, now, text, wasText } = edit;
  const plain = (words: string): Piece => ({ text: words, lit: false });
  const lit = (words: string): Piece => ({ text: words, lit: true });
  switch (changeOf(edit)) {
    case "moved": {
      const byMs = (now!.tick - was!.tick) * TICK_MS;
      const subject = `What if ${nameOf(now!.operator)} had ${past(text)} `;
      return [plain(subject), lit(distanceText(byMs)), plain(byMs < 0 ? " earlier" : " later")];
    }
    case "removed": {
      const again = edits.some((other) => other.now !== null && other.text === wasText);
      if (!again) return [plain("What if "), lit("nobody"), plain(` had ${past(wasText)}`)];
      return [plain(`What if ${nameOf(was!.operator)} had `), lit("not"), plain(` ${past(wasText)} at ${clockOf(was!)}`)];
    }
    case "added": {
      const subject = `What if ${nameOf(now!.operator)} had also ${past(text)} at `;
      return [plain(subject), lit(clockOf(now!))];
    }
    default: {
      const when = was!.tick === now!.tick ? "" : ` at ${clockOf(now!)}`;
      return [plain(`What if ${nameOf(now!.operator)} had `), lit(past(text)), plain(` instead${when}`)];
    }
  }
}

function clockOf({ tick }: LoggedIntent): string {
  return preciseClock(tick * TICK_MS);
}
