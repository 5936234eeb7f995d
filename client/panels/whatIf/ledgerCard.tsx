import type { Debrief } from "../../../shared/match/debrief.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { Stars } from "../../marks/star.tsx";
import { countText, moneyText, percentText } from "../figures.ts";
import { type CauseLine, folded, pointsText, sideBySide } from "./difference.ts";

/** Causes shown one by one; the rest are summed in one line, so that the ledger still sums. */
const SHOWN = 5;

interface LedgerCardProps {
  readonly side: "played" | "whatIf";
  readonly played: Debrief;
  /** Null while there is nothing to compare with: nothing is changed, or it was not played yet. */
  readonly whatIf: Debrief | null;
}

/** One of the two ledgers: both list the same causes in the same order, and their bars have the same scale. */
export function LedgerCard({ side, played, whatIf }: LedgerCardProps) {
  const own = side === "played" ? played : whatIf;
  const title = side === "played" ? "As played" : "What if";
  if (own === null) return <Unasked />;
  const all = sideBySide(played.ledger, whatIf?.ledger ?? []);
  const { lines, rest } = folded(all, SHOWN);
  const most = Math.max(1e-9, ...all.map((line) => Math.max(line.played.points, line.whatIf.points)));
  return (
    <section class={`what-if-ledger panel ${side}`} aria-label={`${title}: where points were lost`}>
      <header>
        <h2>{title}</h2>
        <strong class="mono">{countText(own.score)}</strong>
        <p>
          <b class="availability">A</b> <span class="mono">{percentText(own.availability)}</span>{" "}
          <b class="correctness">C</b> <span class="mono">{percentText(own.correctness)}</span>
        </p>
        <Stars won={own.stars.map(({ won }) => won)} size={20} />
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">lost by cause</th>
            <th scope="col">requests</th>
            <th scope="col">points</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <CauseRow key={line.key} line={line} side={side} most={most} />
          ))}
          {rest !== null && <CauseRow line={rest} side={side} most={Infinity} />}
          {lines.length === 0 && (
            <tr>
              <th scope="row">Nothing was lost.</th>
              <td />
              <td />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Missing</th>
            <td class="mono">{countText(own.total - own.counts.served)}</td>
            <td class="mono">{pointsText(1_000 - own.score)}</td>
          </tr>
          <tr class="quiet">
            <td colSpan={3}>
              {`of ${countText(own.total)} requests and 1,000 points · spent `}
              <span class="mono">{moneyText(own.spent)}</span>, par <span class="mono">{moneyText(own.level.parSpend)}</span>
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function CauseRow({ line, side, most }: { line: CauseLine; side: "played" | "whatIf"; most: number }) {
  const { operations, points } = line[side];
  return (
    <tr>
      <th scope="row">
        <span class="cause" title={line.cause}>
          {arrowed(line.cause)}
        </span>
        <i
          class={line.wrong ? "cause-bar wrong" : "cause-bar"}
          style={{ width: `max(3px, ${(Math.min(1, points / most) * 100).toFixed(1)}%)` }}
        />
      </th>
      <td class="mono">{countText(operations)}</td>
      <td class="mono">{pointsText(points)}</td>
    </tr>
  );
}

function Unasked() {
  return (
    <section class="what-if-ledger panel whatIf unasked" aria-label="What if">
      <h2>What if</h2>
      <p class="quiet">
        Change something below, and the same match is played again with it: the same users ask the same at the same
        time, and the same faults strike.
      </p>
    </section>
  );
}
