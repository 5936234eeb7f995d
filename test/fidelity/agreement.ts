import { expect } from "vitest";

/** One figure beside the one it must agree with. */
export interface Row {
  readonly what: string;
  readonly reference: number;
  readonly ours: number;
  /** Largest difference allowed: a share of the reference, or an amount. */
  readonly allowed: { readonly share: number } | { readonly amount: number };
}

/** How far ours is from the reference, in the terms of what is allowed. */
export function differenceOf({ reference, ours, allowed }: Row): number {
  return "share" in allowed ? ours / reference - 1 : ours - reference;
}

function bound({ allowed }: Row): number {
  return "share" in allowed ? allowed.share : allowed.amount;
}

/** States that ours agrees with the reference; a failure names the row. */
export function expectAgreement(row: Row): void {
  const text = `${row.what}: reference ${row.reference}, ours ${row.ours}`;
  expect(Math.abs(differenceOf(row)), text).toBeLessThanOrEqual(bound(row));
}

/** Rows as a table for people: reference, ours, difference, allowed. */
export function agreementTable(title: string, rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    figure(row.reference),
    figure(row.ours),
    inTermsOf(row, differenceOf(row)),
    `± ${inTermsOf(row, bound(row))}`,
    Math.abs(differenceOf(row)) <= bound(row) ? "" : "OUT",
  ]);
  const lines = [[title, "reference", "ours", "difference", "allowed", ""], ...cells];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  "),
    )
    .map((line) => line.trimEnd())
    .join("\n");
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(4);
}

function inTermsOf({ allowed }: Row, value: number): string {
  return "share" in allowed ? `${(value * 100).toFixed(2)} %` : value.toFixed(4);
}
