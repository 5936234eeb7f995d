import type { LinkView, View } from "../../../../shared/match/view.ts";
import { arrowed } from "../../../marks/arrow.tsx";
import { msText, spanText } from "../../figures.ts";
import type { Helm } from "../helm.ts";
import { zoneName } from "../levelName.ts";
import { RepairVerb } from "./repairVerb.tsx";

interface LinkPanelProps {
  readonly view: View;
  readonly helm: Helm;
  readonly link: LinkView;
  readonly at: number;
}

/** A link between two zones, each lane on its own. */
export function LinkPanel({ view, helm, link, at }: LinkPanelProps) {
  const [a, b] = [zoneName(view.zones[link.a]!), zoneName(view.zones[link.b]!)];
  return (
    <>
      <dl class="place-facts">
        <dt>{arrowed(`${a} → ${b}`)}</dt>
        <dd class={link.aToB === "ok" ? "" : "bad"}>{link.aToB}</dd>
        <dt>{arrowed(`${b} → ${a}`)}</dt>
        <dd class={link.bToA === "ok" ? "" : "bad"}>{link.bToA}</dd>
        <dt>Round trip</dt>
        <dd class="mono">{link.roundTripMs > 0 ? `${msText(link.roundTripMs)} ms` : "no probe came back"}</dd>
        <dt>Probes lost</dt>
        <dd class="mono">{`${Math.round(link.loss * 100)}%`}</dd>
        {link.repairUntilMs > view.clockMs && (
          <>
            <dt>Crew at work</dt>
            <dd class="mono">{`${spanText(link.repairUntilMs - view.clockMs)} left`}</dd>
          </>
        )}
      </dl>
      <div class="verbs">
        <RepairVerb view={view} helm={helm} link={at} />
      </div>
    </>
  );
}
