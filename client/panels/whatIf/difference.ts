import type { Debrief, LossView } from "../../../shared/match/debrief.ts";
import { countText } from "../figures.ts";

/** What was lost under one cause. */
export interface Toll {
  readonly operations: number;
  readonly points: number;
}

/** One cause in both ledgers; a toll of nothing where it did not come up. */
export interface CauseLine {
  readonly cause: string;
  readonly wrong: boolean;
  readonly key: string;
  readonly played: Toll;
  readonly whatIf: Toll;
}

/** Points below which two tolls count as the same: what rounding may do. */
const SAME = 0.05;
const NOTHING: Toll = { operations: 0, points: 0 };

/** Both ledgers cause by cause, the dearest of either first, so that the same line of both is about the same thing. */
export function sideBySide(played: readonly LossView[], whatIf: readonly LossView[]): CauseLine[] {
  const lines = new Map<string, CauseLine>();
  for (const [side, losses] of [["played", played], ["whatIf", whatIf]] as const) {
    for (const { cause, bucket, component, operations, points } of losses) {
      const key = `${component} ${bucket} ${cause}`;
      const line = lines.get(key) ?? { cause, wrong: bucket === "wrong", key, played: NOTHING, whatIf: NOTHING };
      lines.set(key, { ...line, [side]: { operations, points } });
    }
  }
  return [...lines.values()].toSorted((a, b) => dearest(b) - dearest(a) || (a.key < b.key ? -1 : 1));
}

function dearest({ played, whatIf }: CauseLine): number {
  return Math.max(played.points, whatIf.points);
}

/** The lines that are shown one by one, and the sum of the rest; null when there is none. */
export function folded(lines: readonly CauseLine[], shown: number): { lines: CauseLine[]; rest: CauseLine | null } {
  if (lines.length <= shown) return { lines: [...lines], rest: null };
  const small = lines.slice(shown);
  const sum = (side: "played" | "whatIf"): Toll => ({
    operations: small.reduce((all, line) => all + line[side].operations, 0),
    points: small.reduce((all, line) => all + line[side].points, 0),
  });
  const rest = { cause: `${small.length} smaller causes`, wrong: false, key: "rest", played: sum("played"), whatIf: sum("whatIf") };
  return { lines: lines.slice(0, shown), rest };
}

/** What the change did, in sentences with numbers: the cause that gained most and the one that lost most. */
export function effectOf(played: Debrief, whatIf: Debrief): string[] {
  if (played.stateHash === whatIf.stateHash) return ["It changes nothing: the match is the same to the bit."];
  const lines = sideBySide(played.ledger, whatIf.ledger);
  const saved = (line: CauseLine): number => line.played.points - line.whatIf.points;
  const ordered = lines.toSorted((a, b) => saved(b) - saved(a));
  const [gain, loss] = [ordered[0], ordered.at(-1)];
  const told: string[] = [];
  if (gain !== undefined && saved(gain) > SAME) told.push(`Most was gained on ${tollsText(gain)}.`);
  if (loss !== undefined && saved(loss) < -SAME) told.push(`Most was lost on ${tollsText(loss)}.`);
  return told.length > 0 ? told : ["Every loss is what it was: other things happened, but no request ended otherwise."];
}

/** "“stale read at Oak”: 17.0 points, not 345 (9 requests, not 180)". */
function tollsText({ cause, played, whatIf }: CauseLine): string {
  const requests =
    played.operations === whatIf.operations
      ? `${countText(whatIf.operations)} requests, as before`
      : `${countText(whatIf.operations)} requests, not ${countText(played.operations)}`;
  return `“${cause}”: ${pointsText(whatIf.points)} points, not ${pointsText(played.points)} (${requests})`;
}

/** "345", "17.0": points with a digit more where they are few. */
export function pointsText(points: number): string {
  return points >= 99.95 ? countText(points) : points.toFixed(1);
}

/** "+174", "−3.2", "±0": a difference of points. */
export function differenceText(from: number, to: number): string {
  const by = Math.round((to - from) * 10) / 10;
  if (by === 0) return "±0";
  const size = Math.abs(by) >= 10 ? countText(Math.abs(by)) : Math.abs(by).toFixed(1);
  return `${by > 0 ? "+" : "−"}${size}`;
}
