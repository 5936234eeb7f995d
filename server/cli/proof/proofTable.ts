import type { Level } from "../../../shared/level/schema.ts";
import type { PolicyRow, Proof } from "../../../shared/match/proof.ts";
import { percent } from "../debriefText.ts";

/** A level's proof for a terminal: one line a policy, with the range of each figure over the seeds. */
export function proofTable({ id, slo, par }: Level, { rows }: Proof): string {
  const asks = ["asks", "★★★", percent(slo.availability), percent(slo.correctness), money(par.spend), ""];
  const lines = [[id, "stars", "availability", "correctness", "spent", "score"], asks, ...rows.map(cells)];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cells({ policy, runs }: PolicyRow): string[] {
  return [
    policy,
    [0, 1, 2].map((star) => `★ ${runs.filter(({ stars }) => stars[star]!).length}/${runs.length}`).join(" "),
    range(
      runs.map(({ availability }) => availability),
      percent,
    ),
    range(
      runs.map(({ correctness }) => correctness),
      percent,
    ),
    range(
      runs.map(({ spent }) => spent),
      money,
    ),
    range(
      runs.map(({ score }) => score),
      (score) => score.toFixed(0),
    ),
  ];
}

/** "97.10–98.53 %": least and greatest, once when they are the same. */
function range(figures: readonly number[], show: (figure: number) => string): string {
  const [least, greatest] = [show(Math.min(...figures)), show(Math.max(...figures))];
  return least === greatest ? least : `${least.replace(/ %$/, "")}–${greatest}`;
}

function money(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}
