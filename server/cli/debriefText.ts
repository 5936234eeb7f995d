import { billItem } from "../../shared/match/bill.ts";
import type { Debrief } from "../../shared/match/debrief.ts";

/** Causes shown; the rest is summed up in one line. */
const CAUSES = 12;

/** The end of a match for a terminal: score, stars, the ledger of losses, and the hash to compare. */
export function debriefText(debrief: Debrief, policy: string): string {
  const { level, seed, score, availability, correctness, spent, counts, total, stateHash } = debrief;
  return [
    `${level.title} · seed ${seed} · ${policy}`,
    `score ${score.toFixed(1)}  ${starText(debrief.stars.map(({ won }) => won))}  availability ${percent(availability)}  correctness ${percent(correctness)}  spent $${spent.toFixed(2)}`,
    `${total} requests: ${Object.entries(counts)
      .map(([bucket, count]) => `${count} ${bucket}`)
      .join(", ")}`,
    ...(debrief.ledger.length === 0 ? [] : ["", "lost points by cause", ...ledgerLines(debrief)]),
    "",
    ...billLines(debrief),
    "",
    `state hash ${stateHash}`,
  ].join("\n");
}

/** "★★☆". */
export function starText(stars: readonly boolean[]): string {
  return stars.map((won) => (won ? "★" : "☆")).join("");
}

/** "98.53 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function ledgerLines({ ledger }: Debrief): string[] {
  const rest = ledger.slice(CAUSES);
  const lines = ledger
    .slice(0, CAUSES)
    .map(({ points, operations, bucket, component, cause }) =>
      line(points, operations, `${bucket}: ${component}: ${cause}`),
    );
  if (rest.length === 0) return lines;
  const sum = (of: (loss: (typeof rest)[number]) => number) => rest.reduce((all, loss) => all + of(loss), 0);
  return [
    ...lines,
    line(
      sum(({ points }) => points),
      sum(({ operations }) => operations),
      `${rest.length} smaller causes`,
    ),
  ];
}

/** What the money went to, a line each; machines with how busy they were. */
function billLines({ bill }: Debrief): string[] {
  return bill.map((one) => {
    const busy = one.busy === null ? "" : `, ${Math.round(one.busy * 100)} % busy`;
    const item = one.item === one.category ? one.category : `${one.category}: ${billItem(one)}`;
    return `${`$${one.dollars.toFixed(2)}`.padStart(7)}  ${item}${busy}`;
  });
}

function line(points: number, operations: number, text: string): string {
  return `${points.toFixed(1).padStart(7)}  ${String(operations).padStart(6)} ×  ${text}`;
}
