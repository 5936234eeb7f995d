import type { Debrief } from "../../../shared/match/debrief.ts";
import { moneyText, percentText, spoken } from "../figures.ts";

/** Lines shown one by one; the rest are summed. */
const SHOWN = 8;

/** What the money went to, dearest first; a machine that was paid for and did nothing stands out by its share. */
export function BillPanel({ debrief }: { readonly debrief: Debrief }) {
  const lines = debrief.bill.toSorted((a, b) => b.dollars - a.dollars);
  if (lines.length === 0) return null;
  const rest = lines.slice(SHOWN);
  return (
    <section class="ledger panel" aria-labelledby="bill-title">
      <header>
        <h2 id="bill-title">What the money went to</h2>
        <p class="quiet">{`${moneyText(debrief.spent)} in all`}</p>
      </header>
      <table>
        <tbody>
          {lines.slice(0, SHOWN).map(({ category, item, dollars, busy }) => (
            <tr key={`${category} ${item}`}>
              <th scope="row">{item === category ? spoken(category) : `${item} · ${spoken(category)}`}</th>
              <td class="quiet">{busy === null ? "" : busy < 0.01 ? "idle" : `${percentText(busy)} busy`}</td>
              <td class="mono">{moneyText(dollars)}</td>
            </tr>
          ))}
          {rest.length > 0 && (
            <tr>
              <th scope="row">{`${rest.length} smaller lines`}</th>
              <td />
              <td class="mono">{moneyText(rest.reduce((sum, { dollars }) => sum + dollars, 0))}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
