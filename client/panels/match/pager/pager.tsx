import type { AlertView, View } from "../../../../shared/match/view.ts";
import { arrowed } from "../../../marks/arrow.tsx";
import { Glyph } from "../../../marks/glyph.tsx";
import { OperatorMark } from "../../../marks/operator.tsx";
import { SeverityMark } from "../../../marks/severity.tsx";
import { spanText } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { Calls } from "./calls.tsx";

interface PagerProps {
  readonly view: View;
  readonly helm: Helm;
}

/** Alerts, the worst and newest first; whoever is on one takes it, so that nobody works twice. */
export function Pager({ view, helm }: PagerProps) {
  const open = view.alerts
    .filter((alert) => alert.clearedMs === 0)
    .toSorted((a, b) => a.severity - b.severity || b.sinceMs - a.sinceMs);
  const cleared = view.alerts.filter((alert) => alert.clearedMs > 0).toSorted((a, b) => b.clearedMs - a.clearedMs);
  return (
    <section class="pager" aria-labelledby="pager-title">
      <header>
        <h2 id="pager-title">Pager</h2>
        <p class="quiet">{`${open.length} open`}</p>
      </header>
      <Calls view={view} helm={helm} />
      <ol aria-live="polite" aria-relevant="additions">
        {open.map((alert) => (
          <Alert key={alert.id} alert={alert} view={view} helm={helm} />
        ))}
        {cleared.slice(0, 6).map((alert) => (
          <Alert key={alert.id} alert={alert} view={view} helm={helm} />
        ))}
      </ol>
      {open.length === 0 && cleared.length === 0 && (
        <p class="pager-calm quiet">
          <Glyph name="calm" size={30} /> Calm sea. Nothing to page about.
        </p>
      )}
      <Refusal helm={helm} control="take" />
      <Refusal helm={helm} control="vote" />
    </section>
  );
}

function Alert({ alert, view, helm }: PagerProps & { readonly alert: AlertView }) {
  const over = alert.clearedMs > 0;
  const taker = view.operators[alert.takenBy];
  const lastedMs = (over ? alert.clearedMs : view.clockMs) - alert.sinceMs;
  return (
    <li class={`alert severity-row-${alert.severity}${over ? " cleared" : ""}`}>
      <SeverityMark severity={alert.severity} />
      <button type="button" class="alert-text" onClick={() => alert.at !== "" && helm.select(alert.at)}>
        {arrowed(alert.text)}
      </button>
      <span class="mono quiet" aria-live="off">
        {over ? "cleared" : spanText(lastedMs)}
      </span>
      {taker !== undefined ? (
        <span class="taker">
          <OperatorMark name={taker.name} role={taker.roles[0] ?? "lead"} bot={taker.bot} size={24} />
          <span>{taker.name}</span>
        </span>
      ) : (
        !over && (
          <button type="button" class="take" onClick={() => void helm.wish({ verb: "take", alert: alert.id }, "take")}>
            Take
          </button>
        )
      )}
    </li>
  );
}
