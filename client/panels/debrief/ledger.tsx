import type { Debrief, LossView } from "../../../shared/match/debrief.ts";
import { arrowed } from "../../marks/arrow.tsx";
import { countText } from "../figures.ts";

/** Causes shown one by one; the rest are summed in one line, so that the ledger still sums. */
const SHOWN = 6;

/** Every lost point under its cause; together they are exactly what the score lacks of 1,000. */
export function Ledger({ debrief }: { readonly debrief: Debrief }) {
  const { ledger, total, score } = debrief;
  const shown = ledger.slice(0, SHOWN);
  const rest = ledger.slice(SHOWN);
  const most = Math.max(1e-9, ...ledger.map(({ points }) => points));
  const sum = (losses: readonly LossView[], read: (loss: LossView) => number): number =>
    losses.reduce((all, loss) => all + read(loss), 0);
  return (
    <section class="ledger panel" aria-labelledby="ledger-title">
      <header>
        <h2 id="ledger-title">Where points were lost</h2>
        <p class="quiet">{`of ${countText(total)} requests`}</p>
      </header>
      {ledger.length === 0 ? (
        <p>Nothing was lost.</p>
      ) : (
        <table>
          <thead class="spoken">
            <tr>
              <th scope="col">Cause</th>
              <th scope="col">Share</th>
              <th scope="col">Requests</th>
              <th scope="col">Points</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((loss) => (
              <LossRow key={`${loss.cause} ${loss.bucket} ${loss.component}`} loss={loss} most={most} />
            ))}
            {rest.length > 0 && (
              <tr>
                <th scope="row">{`${rest.length} smaller causes`}</th>
                <td />
                <td class="mono">{countText(sum(rest, ({ operations }) => operations))}</td>
                <td class="mono">{pointsText(sum(rest, ({ points }) => points))}</td>
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                <b>Total</b>{" "}
                <span class="quiet">{`${countText(score)} + ${pointsText(sum(ledger, ({ points }) => points))} = 1,000`}</span>
              </th>
              <td />
              <td class="mono">{countText(sum(ledger, ({ operations }) => operations))}</td>
              <td class="mono">{pointsText(sum(ledger, ({ points }) => points))}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}

function LossRow({ loss, most }: { loss: LossView; most: number }) {
  const wrong = loss.bucket === "wrong";
  return (
    <tr>
      <th scope="row" title={`${loss.cause} (${loss.component}, ${loss.bucket})`}>
        {arrowed(loss.cause)}
      </th>
      <td>
        <span
          class={wrong ? "loss-bar wrong" : "loss-bar"}
          style={{ width: `${Math.max(3, (loss.points / most) * 48)}px` }}
        />
      </td>
      <td class="mono quiet">{countText(loss.operations)}</td>
      <td class="mono">{pointsText(loss.points)}</td>
    </tr>
  );
}

function pointsText(points: number): string {
  return points >= 10 ? countText(points) : points.toFixed(1);
}
