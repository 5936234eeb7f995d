import { invariant } from "../../../shared/core/invariant.ts";
import type { Match } from "../../../shared/match/match.ts";

/** Rounding that a sum of shares may bring. */
const GRAIN = 1e-6;

/**
 * What every match must show at its end, whatever happened: each operation in one bucket, losses that add up to what is
 * missing, and a story that can be told.
 */
export function checkBooks(match: Match): void {
  const { history, ledger } = match.record;
  const debrief = match.debrief();
  match.view(0);
  invariant(ledger.total === history.length, `books: ${history.length} operations, and ${ledger.total} in the buckets`);
  for (const [bucket, count] of Object.entries(ledger.counts)) invariant(count >= 0, `books: ${count} operations are ${bucket}`);
  const open = [...history].filter(({ completedAtUs }) => completedAtUs === Infinity).length;
  invariant(open === 0, `books: ${open} operations never ended`);
  const points = ledger.losses().reduce((sum, loss) => sum + loss.points, 0);
  invariant(Math.abs(points - (1_000 - ledger.score)) < GRAIN, `books: losses are ${points} of ${1_000 - ledger.score} points`);
  const lost = debrief.ledger.reduce((sum, { operations }) => sum + operations, 0);
  const notServed = ledger.total - ledger.counts.served;
  invariant(lost === notServed, `books: ${lost} operations lost by cause, ${notServed} by bucket`);
  const nameless = debrief.ledger.find(({ cause }) => cause === "");
  invariant(nameless === undefined, `books: losses of ${nameless?.component ?? ""} have no cause`);
}
