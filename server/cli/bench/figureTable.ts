import { type Figure, isMet } from "./figure.ts";

function amount(value: number, unit: string): string {
  if (Number.isNaN(value)) return "–";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toLocaleString("en", { maximumFractionDigits: digits })} ${unit}`.trim();
}

function aimText({ aim, unit }: Figure): string {
  if (aim === null) return "";
  return "atLeast" in aim ? `≥ ${amount(aim.atLeast, unit)}` : `≤ ${amount(aim.atMost, unit)}`;
}

/** The figures as a table for people: what, measured, aim, whether it was met, and notes. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    amount(figure.value, figure.unit),
    aimText(figure),
    [figure.aim === null ? "" : isMet(figure) ? "met" : "MISSED", figure.note ?? ""].filter((word) => word !== "").join("  "),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(([what, value, aim, met]) =>
      `${what!.padEnd(widths[0]!)}  ${value!.padStart(widths[1]!)}  ${aim!.padStart(widths[2]!)}  ${met}`.trimEnd(),
    )
    .join("\n");
}
