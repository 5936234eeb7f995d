import type { ComponentView, View } from "../../../../shared/match/view.ts";
import type { Helm } from "../helm.ts";
import { Refusal } from "../refusal.tsx";
import { whoseCall } from "../whoseCall.ts";

interface InstrumentsProps {
  readonly view: View;
  readonly helm: Helm;
  readonly component: ComponentView;
}

const SIGNALS = ["metrics", "logs", "traces"] as const;

/** What the component tells of itself; each signal costs CPU, and what nobody tells is a blind spot. */
export function Instruments({ view, helm, component }: InstrumentsProps) {
  const call = whoseCall(view, "instrument");
  const blind = !component.sees.metrics;
  if (call.kind === "absent" && !blind) return null;
  return (
    <section class="ownership" aria-label="Instruments">
      {blind && <p class="their-call">Blind spot: it tells no metrics, so its figures above say nothing.</p>}
      {call.kind !== "absent" && (
        <fieldset class="signals" disabled={call.kind === "theirs"}>
          <legend>{call.kind === "theirs" ? `Tells (${call.words})` : "Tells"}</legend>
          {SIGNALS.map((signal) => (
            <label key={signal}>
              <input
                type="checkbox"
                checked={component.sees[signal]}
                onChange={(event) =>
                  void helm.wish(
                    { verb: "instrument", component: component.name, signal, on: event.currentTarget.checked },
                    "instrument",
                  )
                }
              />
              {signal}
            </label>
          ))}
        </fieldset>
      )}
      <Refusal helm={helm} control="instrument" />
    </section>
  );
}
